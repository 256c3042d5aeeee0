namespace GpuKeras.Compilation;

/// <summary>Instructions that run one after the other; only the last decides where to go on.</summary>
/// <param name="id">Its number in the kernel.</param>
internal sealed class BasicBlock(int id)
{
    /// <summary>Its number in the kernel.</summary>
    public int Id { get; } = id;

    /// <summary>The instructions; the last is a terminator.</summary>
    public List<Instruction> Instructions { get; } = [];

    /// <summary>The instruction that says where to go on.</summary>
    public Instruction Terminator => Instructions[^1];
}
