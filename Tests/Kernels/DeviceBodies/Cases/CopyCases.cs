using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

public static class CopyCases
{
    public static IEnumerable<KernelCase> All =>
    [
        new("copy of 37 floats", static bench => bench.Run(new CopyKernel<float>(bench.Input(Support.Samples.Floats(37)), bench.Output<float>(37)))),
    ];
}
