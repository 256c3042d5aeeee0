using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>The float64 functions against references of 200 bits and more, over the whole range of float64.</summary>
public class DoubleAccuracyTests
{
    private const int SamplesPerExponent = 4;

    public static readonly TestCaseData[] Functions =
    [
        Case("exp", DeviceMath.Exp, PreciseMath.Exp, -746, 710, 1),
        Case("expm1", DeviceMath.ExpM1, PreciseMath.ExpM1, -50, 710, 1.1),
        Case("log", DeviceMath.Log, PreciseMath.Log, double.Epsilon, double.MaxValue, 1),
        Case("log1p", DeviceMath.Log1P, PreciseMath.Log1P, -1, double.MaxValue, 1),
        Case("tanh", DeviceMath.Tanh, PreciseMath.Tanh, -25, 25, 1),
        Case("erf", DeviceMath.Erf, PreciseMath.Erf, -6.5, 6.5, 1),
        Case("sin", DeviceMath.Sin, PreciseMath.Sin, -double.MaxValue, double.MaxValue, 1),
        Case("cos", DeviceMath.Cos, PreciseMath.Cos, -double.MaxValue, double.MaxValue, 1),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Function_EveryExponent_WithinUlps(
        Func<double, double> function, Func<double, PreciseNumber> reference, double minimum, double maximum, double bound)
    {
        var random = new Random(1);
        var worst = new WorstCase();
        for (var exponent = 0; exponent < 2047; exponent++)
        {
            for (var i = 0; i < SamplesPerExponent; i++)
            {
                var x = BitConverter.Int64BitsToDouble(((long)exponent << 52) | random.NextInt64(1L << 52));
                x = i % 2 == 0 ? x : -x;
                if (x > minimum && x < maximum)
                    worst.Track(reference(x).UlpsFrom(function(x)), x);
            }
        }
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(bound), $"at {worst.Argument:R}");
    }

    [TestCaseSource(nameof(Functions))]
    public void Function_UsualRange_WithinUlps(
        Func<double, double> function, Func<double, PreciseNumber> reference, double minimum, double maximum, double bound)
    {
        var random = new Random(2);
        var worst = new WorstCase();
        for (var i = 0; i < 20_000; i++)
        {
            // Half of them near zero, where the functions change fastest.
            var x = (i % 2 == 0 ? 40 : 4) * (random.NextDouble() - 0.5);
            x = minimum > 0 ? Math.Abs(x) : x;
            if (x > minimum && x < maximum)
                worst.Track(reference(x).UlpsFrom(function(x)), x);
        }
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(bound), $"at {worst.Argument:R}");
    }

    [Test]
    public void Pow_BasesAndExponents_WithinUlps()
    {
        var random = new Random(3);
        var worst = new WorstCase();
        for (var i = 0; i < 6_000; i++)
        {
            // Powers from the smallest subnormal to overflow; every other base is near 1, where exponents are large.
            var x = i % 2 == 0
                ? BitConverter.Int64BitsToDouble(random.NextInt64(1L << 52, 2047L << 52))
                : 1 + (random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(40));
            var y = (random.NextDouble() * 2110 - 1080) / Math.Log2(x);
            worst.Track(PreciseMath.Pow(x, y).UlpsFrom(DeviceMath.Pow(x, y)), x);
        }
        Assert.That(worst.Ulps, Is.LessThanOrEqualTo(1), $"at {worst.Argument:R}");
    }

    // Multiples of π/2 that a float64 comes closest to (Muller, "Elementary Functions", 2006, section 11.2).
    [TestCase(6381956970095103.0 * 2, 797)]
    [TestCase(5.3193726483265414e255, 0)]
    [TestCase(16367173, 72)]
    [TestCase(1.6e6, 0)]
    [TestCase(3.1415926535897931, 0)]
    [TestCase(1647099.0 * 3.1415926535897931 / 2, 0)]
    public void SinAndCos_NearMultipleOfHalfPi_WithinUlps(double mantissa, int exponent)
    {
        var x = Math.ScaleB(mantissa, exponent);
        Assert.Multiple(() =>
        {
            Assert.That(PreciseMath.Sin(x).UlpsFrom(DeviceMath.Sin(x)), Is.LessThanOrEqualTo(1));
            Assert.That(PreciseMath.Cos(x).UlpsFrom(DeviceMath.Cos(x)), Is.LessThanOrEqualTo(1));
            Assert.That(DeviceMath.SinCos(x), Is.EqualTo((DeviceMath.Sin(x), DeviceMath.Cos(x))));
        });
    }

    private static TestCaseData Case(
        string name, Func<double, double> function, Func<double, PreciseNumber> reference, double minimum, double maximum, double bound) =>
        new TestCaseData(function, reference, minimum, maximum, bound).SetArgDisplayNames(name);
}
