using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Each kernel case, compiled to OpenCL C, beside the host body.</summary>
[NonParallelizable]
public class OpenClBodyTests
{
    private const int GuardLength = 64;

    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_ForGpus_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase, cpuLike: false, GuardLength);

    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_ForProcessors_EqualsHostBody(KernelCase kernelCase) => Check(kernelCase, cpuLike: true, GuardLength);

    internal static void Check(KernelCase kernelCase, bool cpuLike, int guardLength)
    {
        var device = (OpenClDevice)TestDevices.OpenCl;
        var own = device.Profile.IsCpuLike;
        device.ChooseVariants(cpuLike);
        try
        {
            using var host = new HostBench();
            using var bench = new DeviceBench(device, guardLength);
            kernelCase.Run(host);
            kernelCase.Run(bench);
            bench.AssertEqual(host);
        }
        finally
        {
            device.ChooseVariants(own);
        }
    }
}
