namespace GpuKeras.Tests.Callbacks;

/// <summary>A clock that goes on only when a test says so.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Advance(double milliseconds) => ticks += (long)(milliseconds * TimeSpan.TicksPerMillisecond);
}
