namespace GpuKeras.Perf.Compare;

/// <summary>One thing that is measured on both sides.</summary>
/// <param name="suite">The suite it belongs to.</param>
/// <param name="name">Its name within the suite.</param>
internal abstract class Workload(string suite, string name)
{
    public string Suite => suite;

    public string Name => name;

    /// <summary>Multiplications and additions of one call; null where they do not limit it.</summary>
    public double? Flops { get; init; }

    /// <summary>Bytes that one call must at least read and write; null where they do not limit it.</summary>
    public double? Bytes { get; init; }

    /// <summary>Who else can do this.</summary>
    public IReadOnlyList<PeerCase> Peers { get; init; } = [];

    /// <summary>Makes our side ready, on the current device.</summary>
    /// <param name="settings">How thoroughly to check and measure.</param>
    public abstract InProcessContender Prepare(CompareSettings settings);
}
