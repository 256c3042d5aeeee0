using GpuKeras.Kernels;
using GpuKeras.Tests.Callbacks;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>A device whose candidates take as long as a test says, by a clock of its own.</summary>
/// <param name="milliseconds">The time of the n-th trial of a candidate; a negative one is refused.</param>
internal sealed class FakeQueue(Func<int, int, double> milliseconds) : ITrialQueue
{
    /// <summary>A device of constant times.</summary>
    public FakeQueue(params double[] milliseconds)
        : this((candidate, _) => milliseconds[candidate])
    {
    }

    /// <summary>The time.</summary>
    public ManualClock Clock { get; } = new();

    /// <summary>Which candidates were tried, in order.</summary>
    public List<int> Trials { get; } = [];

    public void Try<TTunable>(in TTunable tunable, int candidate)
        where TTunable : struct, ITunable
    {
        var time = milliseconds(candidate, Trials.Count(tried => tried == candidate));
        Trials.Add(candidate);
        if (time < 0)
            throw new DeviceException("refused");
        Clock.Advance(time);
    }

    public void Finish()
    {
    }
}
