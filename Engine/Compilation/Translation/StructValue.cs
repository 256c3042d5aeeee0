namespace GpuKeras.Compilation;

/// <summary>A struct, each of its fields on its own.</summary>
/// <param name="shape">Its fields.</param>
/// <param name="members">Their values.</param>
internal sealed class StructValue(StructShape shape, StackValue[] members) : StackValue
{
    public StructShape Shape { get; } = shape;

    public StackValue[] Members { get; } = members;
}
