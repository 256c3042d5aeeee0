namespace GpuKeras;

/// <summary>The first elements. The source is not asked for one more.</summary>
internal sealed class TakeStep(int limit) : ISequenceStep
{
    /// <inheritdoc/>
    public IEnumerable<T> Run<T>(IEnumerable<T> source)
    {
        var taken = 0;
        if (limit == 0)
            yield break;
        foreach (var element in source)
        {
            yield return element;
            if (++taken == limit)
                yield break;
        }
    }

    /// <inheritdoc/>
    public long? CountOf(long? count) => limit == 0 ? 0 : count is { } known ? Math.Min(known, limit) : null;
}
