using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies;
using GpuKeras.Tests.Kernels.DeviceBodies.Engine;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Compilation;

/// <summary>Runs a body compiled and as plain C#, on the same numbers; the results must be the same, bit for bit.</summary>
internal static class PatternRunner
{
    private const int Length = 128;

    // One fixture at a time is at the device.
    private static readonly Lock Gate = new();

    public static void Check(Delegate body)
    {
        using var expected = new SimulatedBench(SimulatedLauncher.GpuLike);
        Run(expected, body);
        lock (Gate)
        {
            using var actual = new DeviceBench((CompiledDevice)TestDevices.OpenCl, guardLength: 16);
            Run(actual, body);
            actual.AssertEqual(expected);
        }
    }

    private static void Run(KernelBench bench, Delegate body) => bench.Run(new PatternKernel(body, new(
        bench.Input<float>([float.NaN, float.PositiveInfinity, -0f, 3e9f, -3e9f, .. Samples.Floats(Length - 5)]),
        bench.Input<int>([int.MinValue, int.MaxValue, -1, 0, .. Samples.Integers(Length - 4, -1000, 1000)]),
        bench.Input<double>(
            [double.NaN, double.NegativeInfinity, 0.5, 1.5, 1e300, .. Samples.Integers(Length - 5, -99, 99).Select(static v => v / 7.0)]),
        bench.Input<long>(
            [long.MinValue, long.MaxValue, -1, .. Samples.Integers(Length - 3, -9999, 9999).Select(static v => (long)v << 30)]),
        bench.Input<byte>([.. Samples.Integers(Length, 0, 255).Select(static v => (byte)v)]),
        bench.Output<float>(Length),
        bench.Output<int>(Length),
        bench.Output<double>(Length),
        bench.Output<long>(Length),
        new Extents([4, 2, 5, 4]),
        true,
        -7,
        0xF0F0_1234)));
}
