using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Numbers rounded to words for matrix units: halves, subnormal numbers, overflow, infinities and NaN.</summary>
public sealed class MatrixUnitWordTests
{
    private const int Items = 64;

    private static readonly DeviceProfile Profile = SimulatedLauncher.GpuLike with { HasMatrixUnits = true };

    // Random bits, and around each of them and of special numbers all neighbours of halves of a last place.
    private static float[] Numbers
    {
        get
        {
            var random = new Random(3);
            uint[] starts = [0, 1, 0x7F7F_FFFF, 0x7F7F_8000, 0x7F7F_7FFF, 0x7F7F_F000, 0x3F80_0000, 0x0080_0000, 0x3F80_8000, 0x3F81_8000, 0x3F80_1000];
            List<uint> bits =
            [
                0x7F80_0000, 0x7FC0_0000, 0x7F80_0001, 0x7FFF_FFFF,
                .. starts.SelectMany(static start => (uint[])[start - 1, start, start + 1]),
                .. Enumerable.Range(0, 200).Select(_ => (uint)random.NextInt64(uint.MaxValue)),
            ];
            bits.AddRange(bits.ConvertAll(static value => value ^ 0x8000_0000));
            while (bits.Count % Items != 0)
                bits.Add(0);
            return [.. bits.Select(BitConverter.UInt32BitsToSingle)];
        }
    }

    [Test]
    public void Words_AsPtxAndAsPlainCSharp_HoldTheNearestNumbers()
    {
        var numbers = Numbers;
        using var ptx = new PtxBench(Profile);
        Check(ptx, numbers);
        using var simulated = new SimulatedBench(Profile);
        Check(simulated, numbers);
    }

    private static void Check(KernelBench bench, float[] numbers)
    {
        var (x, y) = (bench.Input<float>(numbers), bench.Output<uint>(2 * numbers.Length));
        bench.Run(new WordKernel(x, y));
        for (var i = 0; i < numbers.Length; i++)
        {
            var next = numbers[(i + 1) % numbers.Length];
            var (tf32, pair) = (y.Span[2 * i], y.Span[2 * i + 1]);
            var what = $"{numbers[i]:R} (0x{BitConverter.SingleToUInt32Bits(numbers[i]):X8}), {next:R}";
            AssertIs(BitConverter.UInt32BitsToSingle(tf32), numbers[i], MatMulPrecision.TensorFloat32, what);
            AssertIs(BitConverter.UInt32BitsToSingle(pair << 16), numbers[i], MatMulPrecision.BFloat16, what);
            AssertIs(BitConverter.UInt32BitsToSingle(pair & 0xFFFF_0000), next, MatMulPrecision.BFloat16, what);
        }
    }

    // Zeros have signs.
    private static void AssertIs(float word, float number, MatMulPrecision precision, string what)
    {
        var expected = RoundedNumbers.Round(number, precision);
        Assert.That(word.Equals(expected) && (float.IsNaN(word) || float.IsNegative(word) == float.IsNegative(expected)), $"{precision} of {what}: must be {expected:R}; got {word:R}");
    }

    private readonly struct WordKernel(ArrayView<float> x, ArrayView<uint> y) : IKernel
    {
        private readonly ArrayView<float> x = x;
        private readonly ArrayView<uint> y = y;

        public static string Name => "words";

        public void RunHost() => throw new NotSupportedException("has a device body only");

        public void RunDevice(ILauncher launcher) => launcher.Launch(KernelConfig.Linear(x.IntLength / Items, Items), Body, this);

        private static void Body(WordKernel kernel)
        {
            var i = Grid.IdxX * Items + Group.IdxX;
            kernel.y[2 * i] = MatrixUnit.RoundTf32(kernel.x[i]);
            kernel.y[2 * i + 1] = MatrixUnit.PackBFloat16(kernel.x[i], kernel.x[(i + 1) % kernel.x.IntLength]);
        }
    }
}
