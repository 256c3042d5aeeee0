namespace GpuKeras.Compilation;

/// <summary>A value between <c>box</c> and <c>unbox</c>, as in <c>(float)(object)value</c>.</summary>
internal sealed class BoxedValue(Type type, StackValue content) : StackValue
{
    public Type Type { get; } = type;

    public StackValue Content { get; } = content;
}
