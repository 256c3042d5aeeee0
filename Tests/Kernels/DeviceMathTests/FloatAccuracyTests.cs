using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>The float32 functions against float64, in units of the last place, over the whole range of float32.</summary>
public class FloatAccuracyTests
{
    // A prime step through the bit patterns visits every exponent with ever different mantissas.
    private const uint BitStep = 20_011;

    public static readonly TestCaseData[] Functions =
    [
        Case("exp", DeviceMath.Exp, Math.Exp, 1),
        Case("expm1", DeviceMath.ExpM1, DeviceMath.ExpM1, 2),
        Case("log", DeviceMath.Log, Math.Log, 1.5),
        Case("log1p", DeviceMath.Log1P, DeviceMath.Log1P, 1.5),
        // 1.6e-7 of the value, as the registers' has, is 2.7 units just above a power of two.
        Case("tanh", DeviceMath.Tanh, Math.Tanh, 2.7),
        Case("erf", DeviceMath.Erf, DeviceMath.Erf, 1.5),
        Case("sin", DeviceMath.Sin, Math.Sin, 1.5),
        Case("cos", DeviceMath.Cos, Math.Cos, 1.5),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Function_WholeRange_WithinUlps(Func<float, float> function, Func<double, double> reference, double bound)
    {
        var worst = new WorstCase();
        for (ulong bits = 0; bits <= uint.MaxValue; bits += BitStep)
            Track(worst, BitConverter.UInt32BitsToSingle((uint)bits), function, reference);
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(bound), $"at {worst.Argument:R}");
    }

    [TestCaseSource(nameof(Functions))]
    public void Function_UsualRange_WithinUlps(Func<float, float> function, Func<double, double> reference, double bound)
    {
        var worst = new WorstCase();
        for (var x = -20.0; x < 20; x += 1.7e-4)
            Track(worst, (float)x, function, reference);
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(bound), $"at {worst.Argument:R}");
    }

    [Test]
    public void SinAndCos_LargeArguments_WithinUlps()
    {
        var worst = new WorstCase();
        for (var bits = BitConverter.SingleToInt32Bits(9.9e4f); bits < BitConverter.SingleToInt32Bits(float.MaxValue); bits += 4_001)
        {
            var x = BitConverter.Int32BitsToSingle(bits);
            Track(worst, x, DeviceMath.Sin, Math.Sin);
            Track(worst, x, DeviceMath.Cos, Math.Cos);
        }
        // The float32 that comes closest to a multiple of π/2.
        Track(worst, 16367173f * MathF.ScaleB(1, 72), DeviceMath.Cos, Math.Cos);
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(1.5), $"at {worst.Argument:R}");
    }

    [Test]
    public void Pow_BasesAndExponents_WithinUlps()
    {
        var random = new Random(4);
        var worst = new WorstCase();
        for (var i = 0; i < 500_000; i++)
        {
            var x = i % 2 == 0
                ? BitConverter.Int32BitsToSingle(random.Next(1 << 23, 255 << 23))
                : (float)(1 + (random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(20)));
            var y = x == 1 ? 7 : (float)((random.NextDouble() * 280 - 150) / Math.Log2(x));
            worst.Track(Ulps(DeviceMath.Pow(x, y), Math.Pow(x, y)), x);
        }
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(1.2), $"at {worst.Argument:R}");
    }

    [TestCaseSource(nameof(Functions))]
    public void Function_NeighbouringArguments_MonotoneWithinAnUlp(Func<float, float> function, Func<double, double> reference, double bound)
    {
        _ = bound;
        for (var bits = BitConverter.SingleToInt32Bits(0.001f); bits < BitConverter.SingleToInt32Bits(1.5f); bits += 97)
        {
            var (x, next) = (BitConverter.Int32BitsToSingle(bits), BitConverter.Int32BitsToSingle(bits + 1));
            var (y, following) = (function(x), function(next));
            var isRising = reference(next) >= reference(x);
            Assert.That(isRising ? MathF.BitIncrement(following) >= y : MathF.BitDecrement(following) <= y, Is.True, $"at {x:R}");
        }
    }

    private static void Track(WorstCase worst, float x, Func<float, float> function, Func<double, double> reference) =>
        worst.Track(Ulps(function(x), reference(x)), x);

    private static double Ulps(float actual, double expected)
    {
        if (double.IsNaN(expected) || float.IsInfinity((float)expected))
            return actual.Equals((float)expected) ? 0 : double.NaN;
        var exponent = Math.Max(expected == 0 ? -126 : Math.ILogB(expected), -126);
        return Math.Abs(actual - expected) / Math.ScaleB(1, exponent - 23);
    }

    private static TestCaseData Case(string name, Func<float, float> function, Func<double, double> reference, double bound) =>
        new TestCaseData(function, reference, bound).SetArgDisplayNames(name);
}
