namespace GpuKeras.Tests.Support;

/// <summary>A clock that stands still at noon of a day, UTC.</summary>
public sealed class FixedClock(int year, int month, int day) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
}
