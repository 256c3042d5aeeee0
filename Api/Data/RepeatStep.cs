namespace GpuKeras;

/// <summary>The elements again and again: a number of times, or without end.</summary>
/// <param name="times">How often; null without end.</param>
internal sealed class RepeatStep(int? times) : ISequenceStep
{
    /// <inheritdoc/>
    public IEnumerable<T> Run<T>(IEnumerable<T> source)
    {
        for (var pass = 0; times is null || pass < times; pass++)
        {
            var isEmpty = true;
            foreach (var element in source)
            {
                isEmpty = false;
                yield return element;
            }
            // Nothing repeated without end would never return.
            if (isEmpty)
                yield break;
        }
    }

    /// <inheritdoc/>
    public long? CountOf(long? count) => (count, times) switch
    {
        (0, _) or (_, 0) => 0,
        (ISequenceStep.Infinite, _) or (_, null) => ISequenceStep.Infinite,
        (null, _) => null,
        _ => count * times,
    };
}
