namespace GpuKeras.Perf.Compare;

/// <summary>One side of a comparison: a library that is ready to run a workload.</summary>
internal interface IContender : IDisposable
{
    /// <summary>What shows that this side does the same work as the other.</summary>
    Evidence Evidence { get; }

    /// <summary>How long its threads go on spinning after a call before they sleep and leave the machine to the other side.</summary>
    TimeSpan CoolDown { get; }

    /// <summary>Runs the workload again and again for about <paramref name="window"/>, and at least <paramref name="minimumCalls"/> times.</summary>
    /// <returns>The median time of a call in milliseconds.</returns>
    double Measure(TimeSpan window, int minimumCalls);
}
