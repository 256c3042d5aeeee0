using GpuKeras.Kernels;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Runs host bodies over host memory: the expected results.</summary>
public class HostBench : KernelBench
{
    private readonly List<IDisposable> arrays = [];

    public override void Dispose()
    {
        foreach (var array in arrays)
            array.Dispose();
        base.Dispose();
    }

    protected override (ArrayView<T> View, Func<T[]> Read) Allocate<T>(ReadOnlySpan<T> values)
    {
        var array = new HostArray<T>(values);
        arrays.Add(array);
        return (array.View, () => array.Values);
    }

    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunHost();
}
