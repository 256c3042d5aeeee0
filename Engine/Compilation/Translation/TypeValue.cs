namespace GpuKeras.Compilation;

/// <summary>What <c>typeof</c> gives.</summary>
internal sealed class TypeValue(Type type) : StackValue
{
    public Type Type { get; } = type;
}
