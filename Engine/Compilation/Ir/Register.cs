namespace GpuKeras.Compilation;

/// <summary>A virtual register. One that carries a C# variable over a join of the control flow is written in several places.</summary>
/// <param name="id">Its number in the kernel.</param>
/// <param name="type">What it holds.</param>
internal sealed class Register(int id, IrType type) : Value(type)
{
    /// <summary>Its number in the kernel.</summary>
    public int Id { get; } = id;

    /// <summary>The one instruction that writes it; null for an argument and for one that is written in several places.</summary>
    public Instruction? Definition { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"v{Id}";
}
