using System.Numerics;
using GpuKeras.Kernels.Random;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Random numbers: words, integers and uniform numbers to the bit; normal numbers up to how a device rounds square roots and quotients.</summary>
public static class RandomCases
{
    // OpenCL allows a square root 3 units in the last place, and the logarithm's quotient 2.5: up to 16 of a number below 8.
    private const double LastBit = 1.0 / (1 << 22);

    private static readonly PhiloxKey Key = new(0x1234_5678_9ABC_DEF0, 0xFEDC_BA98_0000_0007);

    private static readonly int[] Lengths = [0, 1, 16, 17, 63, 64, 65, 200];

    public static IEnumerable<KernelCase> All =>
    [
        .. Lengths.Select(static n => new KernelCase($"uniform {n}", bench => bench.Run(new UniformKernel(Key, bench.Output<float>(n), -2, 3)))),
        new("uniform of an empty range", static bench => bench.Run(new UniformKernel(Key, bench.Output<float>(5), 3, 3))),
        .. Lengths.Select(static n => new KernelCase($"normal {n}", bench => bench.Run(new NormalKernel(Key, bench.Output<float>(n, LastBit), 0.5f, 2)))),
        .. Lengths.Select(static n => new KernelCase(
            $"truncated normal {n}", bench => bench.Run(new TruncatedNormalKernel(Key, bench.Output<float>(n, LastBit), 0, 1)))),
        .. Lengths.Select(static n => Integers<int>(n, -5, 6)),
        Integers<int>(70, int.MinValue, int.MaxValue),
        Integers<long>(70, 0, 10),
        Integers<long>(70, long.MinValue, long.MaxValue),
        .. Lengths.Select(static n => new KernelCase($"permutation of {n}", bench => bench.Run(new PermutationKernel(Key, bench.Output<int>(n))))),
        .. Lengths.Select(static n => Dropout(Samples.Floats(n), 0.3)),
        Dropout([float.NaN, float.PositiveInfinity, 1, 2, float.NegativeInfinity], 0.5), Dropout(Samples.Floats(33), 1),
        Dropout(Samples.Floats(33), 0), Dropout(Samples.Doubles(70), 0.5),
        new("dropout in place", static bench =>
        {
            var x = bench.InOut<float>(0, Samples.Floats(100));
            bench.Run(new DropoutKernel<float>(Key, x, x, 0.5));
        }),
    ];

    private static KernelCase Integers<T>(int count, long low, long high)
        where T : unmanaged, IBinaryInteger<T> => new($"{count} {typeof(T).Name} from {low} to {high}", bench =>
            bench.Run(new IntegersKernel<T>(Key, bench.Output<T>(count), low, high)));

    private static KernelCase Dropout<T>(T[] values, double rate)
        where T : unmanaged => new($"dropout of {rate} of {values.Length} {typeof(T).Name}", bench =>
            bench.Run(new DropoutKernel<T>(Key, bench.Input<T>(values), bench.Output<T>(values.Length), rate)));
}
