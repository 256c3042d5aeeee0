namespace GpuKeras.Compilation;

/// <summary>Something that is no number, and differs between the ways that lead here. It may exist as long as it is not read.</summary>
internal sealed class AmbiguousValue : StackValue
{
    public static readonly AmbiguousValue Instance = new();
}
