namespace GpuKeras.Perf.Compare;

/// <summary>How thorough a comparison is.</summary>
/// <param name="Processes">How many processes or builds of a peer are measured, at most; the fastest counts.</param>
/// <param name="WindowsPerSide">At least how many windows our side is measured in.</param>
/// <param name="MinimumRounds">At least how often each of the peer's variants is measured.</param>
/// <param name="Window">How long one side is measured before it is the other's turn.</param>
/// <param name="WarmUp">How long each side runs before anything counts; ours also until it is compiled for good.</param>
/// <param name="LongestWarmUp">When to stop waiting for that.</param>
/// <param name="MinimumCalls">The fewest calls in a window.</param>
/// <param name="TrainingSteps">After how many steps a model's loss must have fallen.</param>
/// <param name="TimeLimit">When to leave out what has not been measured yet; null for never.</param>
internal sealed record CompareSettings(
    int Processes, int WindowsPerSide, int MinimumRounds, TimeSpan Window, TimeSpan WarmUp, TimeSpan LongestWarmUp, int MinimumCalls, int TrainingSteps,
    TimeSpan? TimeLimit)
{
    /// <summary>What figures are quoted from.</summary>
    public static CompareSettings Full { get; } =
        new(3, 9, 3, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(4), 5, 40, null);

    /// <summary>A look within a minute; the limit leaves time for what is under way and for the report.</summary>
    public static CompareSettings Quick { get; } =
        new(1, 2, 1, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(400), 2, 16, TimeSpan.FromSeconds(48));
}
