namespace GpuKeras;

/// <summary>All but the first elements.</summary>
internal sealed class SkipStep(int skipped) : ISequenceStep
{
    /// <inheritdoc/>
    public IEnumerable<T> Run<T>(IEnumerable<T> source)
    {
        var seen = 0;
        foreach (var element in source)
        {
            if (seen == skipped)
                yield return element;
            else
                seen++;
        }
    }

    /// <inheritdoc/>
    public long? CountOf(long? count) => count is ISequenceStep.Infinite ? count : count is { } known ? Math.Max(0, known - skipped) : null;
}
