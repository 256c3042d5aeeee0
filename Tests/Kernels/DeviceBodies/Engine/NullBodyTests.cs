using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Every kernel case is compiled to PTX and OpenCL C, in the variants for GPUs of compute capability 8.0.</summary>
public class NullBodyTests
{
    [TestCaseSource(typeof(KernelCases), nameof(KernelCases.All))]
    public void Body_ForEveryLanguage_Compiles(KernelCase kernelCase)
    {
        using var bench = new DeviceBench((CompiledDevice)Device.Get("null"), guardLength: 0);
        kernelCase.Run(bench);
    }
}
