using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Compilation;
using GpuKeras.Tests.Support.Ptx;
using Patterns = GpuKeras.Tests.Compilation.Ptx.Patterns;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>The PTX of every kernel of the cases, for devices of every sort, and of every pattern.</summary>
internal static class PtxModules
{
    private static readonly Lazy<PtxModule[]> Modules = new(() =>
    [
        .. Devices.SelectMany(static device => OfKernels(device.Profile, device.Architecture)).Concat(OfPatterns())
            .DistinctBy(static module => module.Text),
    ]);

    /// <summary>Each module once; no two have the same text.</summary>
    public static IReadOnlyList<PtxModule> All => Modules.Value;

    // Before and from compute capability 8.0 on; few multiprocessors, for which large tiles are enough, and many.
    private static IEnumerable<(DeviceProfile Profile, int Architecture)> Devices =>
    [
        (SimulatedLauncher.GpuLike, PtxEmitter.LeastTarget),
        (SimulatedLauncher.GpuLike, PtxEmitter.Ampere),
        .. from precision in Enum.GetValues<MatMulPrecision>()
           from multiprocessors in (int[])[1, 132]
           from sharedMemoryBytes in (int[])[48 << 10, 100 << 10, 227 << 10]
           select (SimulatedLauncher.GpuLike with
           {
               HasMatrixUnits = true,
               HasAsyncCopies = sharedMemoryBytes > 48 << 10,
               MatMulPrecision = precision,
               Multiprocessors = multiprocessors,
               SharedMemoryBytes = sharedMemoryBytes,
           }, PtxEmitter.Ampere),
    ];

    private static IEnumerable<PtxModule> OfKernels(DeviceProfile profile, int architecture)
    {
        var collector = new PtxCollector(profile, architecture);
        foreach (var kernelCase in KernelCases.All)
        {
            using var bench = new PtxCollectorBench(collector);
            kernelCase.Run(bench);
        }
        return collector.Launches.Select(static launch => launch.Module);
    }

    private static IEnumerable<PtxModule> OfPatterns() =>
        from name in IlBuilds.PatternsOf(typeof(Patterns))
        from build in Enum.GetValues<IlBuild>()
        select PtxLauncher.Compile(build.Method(typeof(Patterns), name));
}
