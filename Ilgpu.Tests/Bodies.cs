using System.Reflection;
using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies;

namespace GpuKeras.Tests.Ilgpu;

/// <summary>What the kernel cases launch on a GPU without matrix units.</summary>
internal static class Bodies
{
    private static readonly DeviceProfile Profile = new()
    {
        IsCpuLike = false,
        MaxGroupSize = 256,
        SharedMemoryBytes = 48 << 10,
        Multiprocessors = 4,
    };

    /// <summary>Every body once; whether it has an index.</summary>
    public static IReadOnlyDictionary<MethodInfo, bool> All { get; } = Collect(KernelCases.All);

    /// <summary>
    /// Cases for the simulator, which takes minutes for all: of each kernel the first, and every tenth.
    /// </summary>
    public static IReadOnlyList<KernelCase> Sample { get; } = Choose();

    private static Dictionary<MethodInfo, bool> Collect(IEnumerable<KernelCase> cases)
    {
        using var bench = new CollectingBench(Profile);
        foreach (var kernelCase in cases)
            kernelCase.Run(bench);
        return bench.Bodies;
    }

    private static List<KernelCase> Choose()
    {
        var (chosen, known) = (new List<KernelCase>(), new HashSet<Type>());
        foreach (var (number, kernelCase) in KernelCases.All.Index())
        {
            using var bench = new CollectingBench(Profile);
            kernelCase.Run(bench);
            var kernels = bench.Kernels.Except(known).ToArray();
            known.UnionWith(kernels);
            if (kernels.Length > 0 || number % 10 == 0)
                chosen.Add(kernelCase);
        }
        return chosen;
    }
}
