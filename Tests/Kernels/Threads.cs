using GpuKeras.Kernels;

namespace GpuKeras.Tests.Kernels;

/// <summary>Runs computations with other numbers of threads than the machine's.</summary>
/// <remarks>The number is the whole process's, and a loop beside another has no threads: such tests are <c>NonParallelizable</c>.</remarks>
public static class Threads
{
    /// <summary>The results with 1, 2, 3 and 7 threads.</summary>
    public static T[][] Results<T>(Func<T[]> compute) => Array.ConvertAll<int, T[]>([1, 2, 3, 7], count => Result(count, compute));

    /// <summary>The result with a number of threads.</summary>
    public static T Result<T>(int count, Func<T> compute)
    {
        var before = HostThreads.Count;
        HostThreads.Count = count;
        try
        {
            return compute();
        }
        finally
        {
            HostThreads.Count = before;
        }
    }
}
