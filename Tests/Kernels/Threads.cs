using GpuKeras.Kernels;

namespace GpuKeras.Tests.Kernels;

/// <summary>Runs a computation once for each of several thread counts.</summary>
public static class Threads
{
    /// <summary>The results with 1, 2, 3 and 7 threads.</summary>
    public static T[][] Results<T>(Func<T[]> compute)
    {
        var before = HostThreads.Count;
        try
        {
            return Array.ConvertAll<int, T[]>([1, 2, 3, 7], count =>
            {
                HostThreads.Count = count;
                return compute();
            });
        }
        finally
        {
            HostThreads.Count = before;
        }
    }
}
