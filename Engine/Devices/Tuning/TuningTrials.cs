namespace GpuKeras;

/// <summary>Measures how long a device takes for each of several candidates.</summary>
/// <param name="queue">Queues one of them.</param>
/// <param name="finish">Waits for the queue.</param>
/// <param name="clock">The time.</param>
/// <remarks>
/// A candidate's time is the least of some rounds, in which all take turns, so that whatever else slows the machine down meets all. A
/// round of a short candidate queues it several times, as programs do, so that waiting does not count. Candidates other than the first that
/// take twice the best time at first have no rounds.
/// </remarks>
internal sealed class TuningTrials(Action<int> queue, Action finish, TimeProvider clock)
{
    private const int Rounds = 5;
    private const double RoundMilliseconds = 1;
    private const int MostRepeats = 50;
    private const double Hopeless = 2;

    // No more rounds begin after this time.
    private const double BudgetMilliseconds = 2000;

    // Another candidate than the first must be this much faster: measurements vary.
    private const double Gain = 0.97;

    /// <summary>The time of each candidate in milliseconds; null for one that the device refuses.</summary>
    /// <exception cref="DeviceLostException">The device is lost.</exception>
    public double?[] Measure(IReadOnlyList<int> candidates)
    {
        var times = new double?[candidates.Count];
        var started = clock.GetTimestamp();
        for (var i = 0; i < times.Length; i++)
            times[i] = First(candidates[i]);
        var limit = Hopeless * times.Min();
        var repeats = Array.ConvertAll(times, static time => (int)Math.Clamp(RoundMilliseconds / time ?? 0, 1, MostRepeats));
        for (var round = 0; round < Rounds && clock.GetElapsedTime(started).TotalMilliseconds < BudgetMilliseconds; round++)
        {
            for (var i = 0; i < times.Length; i++)
            {
                if (times[i] <= limit || i == 0 && times[i] is not null)
                    times[i] = Math.Min(times[i]!.Value, Time(candidates[i], repeats[i]));
            }
        }
        return times;
    }

    /// <summary>The fastest, or the first where none is clearly faster; null if the device refuses all.</summary>
    public static int? Fastest(ReadOnlySpan<double?> times)
    {
        int? best = null;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] is { } time && (best is not { } other || time < times[other]))
                best = i;
        }
        return best is { } fastest && times[0] is { } first && times[fastest] > Gain * first ? 0 : best;
    }

    // The first time compiles the kernels and is not measured; of the next two one may be disturbed. An error of the device is the
    // candidate's.
    private double? First(int candidate)
    {
        try
        {
            queue(candidate);
            finish();
            return Math.Min(Time(candidate, 1), Time(candidate, 1));
        }
        catch (DeviceException exception) when (exception is not DeviceLostException)
        {
            return null;
        }
    }

    private double Time(int candidate, int repeats)
    {
        var started = clock.GetTimestamp();
        for (var i = 0; i < repeats; i++)
            queue(candidate);
        finish();
        return clock.GetElapsedTime(started).TotalMilliseconds / repeats;
    }
}
