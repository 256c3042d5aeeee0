using BenchmarkDotNet.Attributes;

namespace GpuKeras.Perf.Benchmarks;

/// <summary>What the library itself costs: on the null device, which computes nothing, only the host's part is left.</summary>
/// <remarks>On a GPU that is slower than the host the figures are the GPU's, once its queue is full.</remarks>
public abstract class HostCostBenchmark : DeviceBenchmark
{
    /// <summary>The null device, and what launches through a driver.</summary>
    public static IEnumerable<string> Devices => ["null", .. Device.List().Where(static device => device.Kind == "cuda").Select(static device => device.Name)];

    [ParamsSource(nameof(Devices))]
    public override string On { get; set; } = "null";
}
