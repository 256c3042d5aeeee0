namespace GpuKeras;

/// <summary>A step of a data pipeline that reorders, repeats or leaves out elements, whatever they are.</summary>
internal interface ISequenceStep
{
    /// <summary>The count of elements that never end.</summary>
    const long Infinite = long.MaxValue;

    /// <summary>The elements that follow from <paramref name="source"/>; nothing is read before they are asked for.</summary>
    IEnumerable<T> Run<T>(IEnumerable<T> source);

    /// <summary>How many elements follow from <paramref name="count"/>; null is not known, <see cref="Infinite"/> without end.</summary>
    long? CountOf(long? count);
}
