using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>
/// What <see cref="OclgrindTests"/> runs in a process of its own, under an OpenCL device that watches every access: arrays have no
/// guards, so that the device sees their borders.
/// </summary>
[Explicit("runs under Oclgrind only")]
[NonParallelizable]
public class OclgrindCases
{
    private const string Race = "__kernel void race(__global int* y) { y[0] = get_global_id(0); }";
    private const string GlobalOverrun = "__kernel void global_overrun(__global int* y) { y[get_global_id(0) + 1] = 1; }";
    private const string GlobalRead = "__kernel void global_read(__global int* y) { int i = get_global_id(0); y[i] = y[i + 16]; }";
    private const string SharedOverrun = """
        __kernel void shared_overrun(__global int* y)
        {
            __local int shared[16];
            shared[get_local_id(0) + 1] = 1;
            barrier(CLK_LOCAL_MEM_FENCE);
            y[get_global_id(0)] = shared[get_local_id(0)];
        }
        """;
    private const string Divergence = """
        __kernel void divergence(__global int* y)
        {
            if (get_local_id(0) < 8) barrier(CLK_LOCAL_MEM_FENCE);
            y[get_global_id(0)] = 1;
        }
        """;

    [Test]
    public void Gpu() => CheckSample(cpuLike: false);

    [Test]
    public void Processor() => CheckSample(cpuLike: true);

    // All in one process: starting one takes longer than they do.
    [Test]
    public void Planted()
    {
        Run("race", Race);
        Run("global_overrun", GlobalOverrun);
        Run("global_read", GlobalRead);
        Run("shared_overrun", SharedOverrun);
        Run("divergence", Divergence);
    }

    private static void CheckSample(bool cpuLike)
    {
        foreach (var kernelCase in Sample())
        {
            try
            {
                OpenClBodyTests.Check(kernelCase, cpuLike, guardLength: 0);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{kernelCase}: {exception.Message}");
            }
        }
    }

    // Oclgrind takes a second for a case, so that all would take an hour: the first and the last case of each kernel's.
    private static IEnumerable<KernelCase> Sample() =>
        from kernelCase in KernelCases.All
        from kernel in KernelsOf(kernelCase)
        group kernelCase by kernel into cases
        from chosen in new[] { cases.First(), cases.Last() }.Distinct()
        select chosen;

    private static HashSet<Type> KernelsOf(KernelCase kernelCase)
    {
        using var host = new HostBench();
        kernelCase.Run(host);
        return host.Kernels;
    }

    // What the kernel writes does not matter: Oclgrind's log does.
    private static void Run(string name, string source)
    {
        const int Items = 16;
        var device = (OpenClDevice)TestDevices.OpenCl;
        var kernel = device.Build(name, source, [new KernelArgument(ArgumentKind.Pointer, 0, 8, IrKind.Pointer, null!)]);
        Assert.That(device.TryAllocate(Items * sizeof(int), out var handle));
        device.Write(handle, 0, MemoryMarshal.AsBytes<int>(new int[Items]));
        kernel.Enqueue(KernelConfig.Linear(1, Items), 0, BitConverter.GetBytes((long)handle));
        device.Finish();
    }
}
