namespace GpuKeras.Compilation;

/// <summary>The span that the C# compiler makes of an InlineArray in order to index it by a variable.</summary>
/// <param name="array">The InlineArray's address.</param>
/// <param name="element">Its element type.</param>
/// <param name="length">Its length.</param>
internal sealed class SpanValue(StackValue array, Type element, Value length) : StackValue
{
    public StackValue Array { get; } = array;

    public Type Element { get; } = element;

    public Value Length { get; } = length;
}
