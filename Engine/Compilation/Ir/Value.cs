namespace GpuKeras.Compilation;

/// <summary>An operand: a register or a constant.</summary>
internal abstract class Value(IrType type) : StackValue
{
    /// <summary>What it holds.</summary>
    public IrType Type { get; } = type;
}
