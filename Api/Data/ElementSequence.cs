namespace GpuKeras;

/// <summary>Elements that can be run through again and again, and how many there are.</summary>
/// <param name="Elements">Starts anew with each enumeration.</param>
/// <param name="Count">The number of elements; <see cref="ISequenceStep.Infinite"/>, or null if it is not known.</param>
internal sealed record ElementSequence<T>(IEnumerable<T> Elements, long? Count)
{
    /// <summary>What a step makes of the elements, one by one as they are asked for.</summary>
    public ElementSequence<T> Then(ISequenceStep step) => new(step.Run(Elements), step.CountOf(Count));
}
