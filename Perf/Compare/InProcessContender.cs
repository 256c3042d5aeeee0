using System.Diagnostics;

namespace GpuKeras.Perf.Compare;

/// <summary>A side that runs in this process.</summary>
/// <param name="evidence">What shows that it does the same work as the other side.</param>
/// <param name="call">The workload; <paramref name="operationsPerCall"/> of them.</param>
/// <param name="operationsPerCall">What the time of a call is divided by.</param>
/// <param name="resources">What the workload lives on, disposed with it.</param>
internal sealed class InProcessContender(Evidence evidence, Action call, int operationsPerCall = 1, IDisposable? resources = null) : IContender
{
    // A sample is at least this long, so that reading the clock does not show in it; nor waiting for a device's queue, once a sample.
    private const double HostSampleMilliseconds = 0.1;
    private const double DeviceSampleMilliseconds = 2;

    private readonly List<double> samples = [];

    /// <summary>Where the workload is queued.</summary>
    public Device? Device { get; init; }

    public Evidence Evidence => evidence;

    /// <summary>Our threads sleep after 1 ms; those of OpenMP, which OpenBLAS may use, after 8.</summary>
    public TimeSpan CoolDown => TimeSpan.FromMilliseconds(12);

    /// <summary>How often the workload has run.</summary>
    public long Calls { get; private set; }

    public double Measure(TimeSpan window, int minimumCalls)
    {
        var started = Stopwatch.GetTimestamp();
        var callsPerSample = 1;
        var shortest = Device is null or { Kind: "cpu" } ? HostSampleMilliseconds : DeviceSampleMilliseconds;
        while (Sample(callsPerSample) < shortest)
            callsPerSample *= 2;
        samples.Clear();
        while (Stopwatch.GetElapsedTime(started) < window || samples.Count * callsPerSample < minimumCalls)
            samples.Add(Sample(callsPerSample) / callsPerSample);
        return Statistics.Median(samples) / operationsPerCall;
    }

    public void Dispose() => resources?.Dispose();

    private double Sample(int calls)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        Device?.Synchronize();
        Calls += calls;
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
