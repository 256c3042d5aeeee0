using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Each kernel case on a CUDA device, beside the host body; ignored with the reason where there is none.</summary>
[NonParallelizable]
public class CudaBodyTests
{
    private const int GuardLength = 64;

    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_EqualsHostBody(KernelCase kernelCase)
    {
        var device = (CompiledDevice)TestDevices.Cuda;
        using var host = new HostBench();
        using var bench = new DeviceBench(device, GuardLength);
        kernelCase.Run(host);
        kernelCase.Run(bench);
        bench.AssertEqual(host);
    }
}
