using GpuKeras.Perf.Compare;

namespace GpuKeras.Tests.Perf;

/// <summary>A peer's side that takes a given time without running anything.</summary>
internal sealed class FakeContender(double milliseconds, Evidence evidence) : IContender
{
    public Evidence Evidence => evidence;

    public TimeSpan CoolDown => TimeSpan.Zero;

    public bool IsDisposed { get; private set; }

    public double Measure(TimeSpan window, int minimumCalls) => milliseconds;

    public void Dispose() => IsDisposed = true;
}
