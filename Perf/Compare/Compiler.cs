using System.Diagnostics;
using System.Runtime;

namespace GpuKeras.Perf.Compare;

/// <summary>The just-in-time compiler of this process.</summary>
internal static class Compiler
{
    // It waits until nothing new was called for 100 ms, then improves what is called often.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(130);

    private static long compiled;
    private static long changed;

    /// <summary>Whether it has compiled nothing for longer than it waits before it improves methods.</summary>
    public static bool IsQuiet()
    {
        var now = JitInfo.GetCompiledMethodCount();
        if (now != compiled)
            (compiled, changed) = (now, Stopwatch.GetTimestamp());
        return Stopwatch.GetElapsedTime(changed) > Quiet;
    }
}
