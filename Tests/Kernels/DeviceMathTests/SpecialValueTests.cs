using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>NaN, infinities, signed zeros and subnormals are as in C's math library, bit for bit but for the payload of NaN.</summary>
public class SpecialValueTests
{
    private static readonly double[] Specials =
    [
        0.0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -2.5, 1e10, -1e10, 1e300, -1e300, 4503599627370497, 9007199254740991, 1e-300,
        double.Epsilon, -double.Epsilon, 1e-310, double.MaxValue, -double.MaxValue, double.PositiveInfinity, double.NegativeInfinity,
        double.NaN, 1 - 1.1102230246251565e-16,
    ];

    [Test]
    public void Pow_SpecialPairs_AreAsInC()
    {
        Assert.Multiple(() =>
        {
            foreach (var x in Specials)
            {
                foreach (var y in Specials)
                {
                    Check(DeviceMath.Pow(x, y), Math.Pow(x, y), $"pow({x:R}, {y:R})");
                    Check(DeviceMath.Pow((float)x, (float)y), (float)Math.Pow((float)x, (float)y), $"powf({(float)x:R}, {(float)y:R})");
                }
            }
        });
    }

    [Test]
    public void Remainders_SpecialPairs_AreTheHosts()
    {
        Assert.Multiple(() =>
        {
            foreach (var x in Specials)
            {
                foreach (var y in Specials)
                {
                    Exact(DeviceMath.Remainder(x, y), x % y, $"{x:R} % {y:R}");
                    Exact(DeviceMath.Remainder((float)x, (float)y), (float)x % (float)y, $"{(float)x:R} % {(float)y:R} in float32");
                    Exact(DeviceMath.FloorModulo(x, y), ScalarMath.FloorModulo(x, y), $"floor_modulo({x:R}, {y:R})");
                    Exact(
                        DeviceMath.FloorModulo((float)x, (float)y), ScalarMath.FloorModulo((float)x, (float)y),
                        $"floor_modulo({(float)x:R}, {(float)y:R}) in float32");
                }
            }
        });
    }

    [Test]
    public void Remainders_RandomBits_AreTheHosts()
    {
        var random = new Random(5);
        for (var i = 0; i < 100_000; i++)
        {
            var (a, b) = (BitConverter.Int64BitsToDouble(random.NextInt64()), BitConverter.Int64BitsToDouble(random.NextInt64()));
            Exact(DeviceMath.Remainder(a, -b), a % -b, $"{a:R} % {-b:R}");
            var (c, d) = (BitConverter.Int32BitsToSingle(random.Next()), BitConverter.Int32BitsToSingle(random.Next()));
            Exact(DeviceMath.Remainder(-c, d), -c % d, $"{-c:R} % {d:R}");
        }
    }

    public static readonly TestCaseData[] Functions =
    [
        new("exp", (Func<double, double>)DeviceMath.Exp, (Func<float, float>)DeviceMath.Exp, (Func<double, double>)Math.Exp),
        new("log", (Func<double, double>)DeviceMath.Log, (Func<float, float>)DeviceMath.Log, (Func<double, double>)Math.Log),
        new("tanh", (Func<double, double>)DeviceMath.Tanh, (Func<float, float>)DeviceMath.Tanh, (Func<double, double>)Math.Tanh),
        new("sin", (Func<double, double>)DeviceMath.Sin, (Func<float, float>)DeviceMath.Sin, (Func<double, double>)Math.Sin),
        new("cos", (Func<double, double>)DeviceMath.Cos, (Func<float, float>)DeviceMath.Cos, (Func<double, double>)Math.Cos),
        new("expm1", (Func<double, double>)DeviceMath.ExpM1, (Func<float, float>)DeviceMath.ExpM1, (Func<double, double>)ExpM1),
        new("log1p", (Func<double, double>)DeviceMath.Log1P, (Func<float, float>)DeviceMath.Log1P, (Func<double, double>)Log1P),
        new("erf", (Func<double, double>)DeviceMath.Erf, (Func<float, float>)DeviceMath.Erf, (Func<double, double>)Erf),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Function_SpecialValues_AreAsInC(
        string name, Func<double, double> function, Func<float, float> single, Func<double, double> reference)
    {
        Assert.Multiple(() =>
        {
            foreach (var x in Specials)
            {
                Check(function(x), reference(x), $"{name}({x:R})");
                Check(single((float)x), (float)reference((float)x), $"{name}({(float)x:R}) in float32");
            }
        });
    }

    // C's values at −0, which the sums of ScalarMath lose.
    private static double ExpM1(double x) => x == 0 ? x : ScalarMath.ExpM1(x);

    private static double Log1P(double x) => x == 0 ? x : x < -1 ? double.NaN : ScalarMath.Log1P(x);

    private static double Erf(double x) => x == 0 ? x : ScalarMath.Erf(x);

    /// <summary>Equal where the result is a special value itself; else near and of the same sign.</summary>
    private static void Check(double actual, double expected, string what)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected) || expected is 0 or 1 or -1)
            Exact(actual, expected, what);
        else
            Assert.That(actual, Is.EqualTo(expected).Within(1e-14 * Math.Abs(expected)).Or.EqualTo(expected).Within(double.Epsilon), what);
    }

    private static void Check(float actual, float expected, string what)
    {
        if (float.IsNaN(expected) || float.IsInfinity(expected) || expected is 0 or 1 or -1)
            Exact(actual, expected, what);
        else
            Assert.That(actual, Is.EqualTo(expected).Within(3e-7 * Math.Abs(expected)).Or.EqualTo(expected).Within(float.Epsilon), what);
    }

    private static void Exact(double actual, double expected, string what)
    {
        if (double.IsNaN(expected) ? !double.IsNaN(actual) : BitConverter.DoubleToInt64Bits(actual) != BitConverter.DoubleToInt64Bits(expected))
            Assert.Fail($"{what}: expected {expected:R}, got {actual:R}");
    }
}
