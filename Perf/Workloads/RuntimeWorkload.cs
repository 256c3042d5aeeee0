using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>A workload of another suite, whose kernels both this library and ILGPU compile for the same device.</summary>
internal sealed class RuntimeWorkload : Workload
{
    private readonly Workload inner;

    private RuntimeWorkload(Workload inner)
        : base("runtimes", inner.Name)
    {
        this.inner = inner;
        Flops = inner.Flops;
        Bytes = inner.Bytes;
        Peers = [new PeerCase(DevicePeer.Ilgpu)];
    }

    /// <summary>Elementwise operations and products; on the CPU, where ILGPU only simulates, the smallest ones.</summary>
    public static IEnumerable<Workload> All => ElementwiseSuite.Workloads.Concat(GemmSuite.Workloads)
        .Where(static workload => Device.Current.Kind != "cpu" || workload.Name is "add8" or "sq16" or "sq32" or "sq64")
        .Select(static workload => new RuntimeWorkload(workload));

    public override InProcessContender Prepare(CompareSettings settings) => inner.Prepare(settings);
}
