namespace GpuKeras.Compilation;

/// <summary>An InlineArray that still is what was passed to the kernel, in parameter memory.</summary>
internal sealed class BlockValue(Value address, StructShape shape) : StackValue
{
    public Value Address { get; } = address;

    public StructShape Shape { get; } = shape;
}
