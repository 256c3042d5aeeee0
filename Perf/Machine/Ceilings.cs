using System.Diagnostics;
using GpuKeras.Kernels;

namespace GpuKeras.Perf.Machine;

/// <summary>What this machine can do at most, measured: multiply-adds in registers, and copying memory.</summary>
/// <param name="Threads">The number of threads of the second figure of each pair.</param>
/// <param name="FlopsOne">Multiplications and additions a second on one thread.</param>
/// <param name="FlopsAll">The same on all threads.</param>
/// <param name="BytesOne">Bytes read and written a second on one thread.</param>
/// <param name="BytesAll">The same on all threads.</param>
internal sealed record Ceilings(int Threads, double FlopsOne, double FlopsAll, double BytesOne, double BytesAll)
{
    // More than a last-level cache holds.
    private const int CopyBytes = 1 << 27;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(150);

    /// <summary>Measures for about a second.</summary>
    public static Ceilings Measure()
    {
        var threads = HostThreads.Count;
        var multiply = new FmaLoop(new float[threads * FmaLoop.ResultSpacing]);
        using var copy = new CopyLoop(CopyBytes);
        return new Ceilings(
            threads,
            Best(() => multiply.Run(0, 1), FmaLoop.FlopsPerPart),
            Best(() => HostThreads.For(threads, 1, multiply), FmaLoop.FlopsPerPart * threads),
            Best(() => copy.Run(1), 2.0 * CopyBytes),
            Best(() => copy.Run(threads), 2.0 * CopyBytes));
    }

    /// <summary>Work by the second in the fastest of many calls: a ceiling is what was possible at all.</summary>
    private static double Best(Action call, double work)
    {
        var (started, best) = (Stopwatch.GetTimestamp(), double.PositiveInfinity);
        while (Stopwatch.GetElapsedTime(started) < WarmUp + Window)
        {
            var from = Stopwatch.GetTimestamp();
            call();
            best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalSeconds);
        }
        return work / best;
    }
}
