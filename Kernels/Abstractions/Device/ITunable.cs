namespace GpuKeras.Kernels;

/// <summary>
/// A computation that can be queued in several ways, of which only the device can tell the fastest: <see cref="ILauncher.Choose"/> decides.
/// </summary>
/// <remarks>The ways may differ in rounding, in nothing else: each computes every size, whether it is worth trying there or not.</remarks>
public interface ITunable
{
    /// <summary>What is computed, for people and as the name of files; with lower-case letters and hyphens.</summary>
    static abstract string Family { get; }

    /// <summary>All ways, for people. The first is what a device does that has measured nothing.</summary>
    static abstract IReadOnlyList<string> Candidates { get; }

    /// <summary>The sizes that a choice is made for.</summary>
    TuningKey Key { get; }

    /// <summary>What else the choice depends on, such as the element type, for people; the same for all of one key.</summary>
    string Layout { get; }

    /// <summary>Whether a candidate is worth trying at this size; the first always is.</summary>
    bool Suits(int candidate);

    /// <summary>Queues the computation in one way with its results in scratch memory, so that it may be repeated.</summary>
    void Try(ILauncher launcher, int candidate);
}
