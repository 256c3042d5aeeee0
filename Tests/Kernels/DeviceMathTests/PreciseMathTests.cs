using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>The references themselves, against the runtime's functions where those are known to be close.</summary>
public class PreciseMathTests
{
    [TestCase(0.3)]
    [TestCase(-0.7)]
    [TestCase(2.5)]
    [TestCase(-7.75)]
    [TestCase(1e-200)]
    [TestCase(-1e-200)]
    [TestCase(123.456)]
    public void Reference_OrdinaryArgument_IsTheRuntimes(double x)
    {
        var magnitude = Math.Abs(x);
        Assert.Multiple(() =>
        {
            Assert.That(PreciseMath.Exp(x).UlpsFrom(Math.Exp(x)), Is.LessThan(1), "exp");
            Assert.That(PreciseMath.Log(magnitude).UlpsFrom(Math.Log(magnitude)), Is.LessThan(1), "log");
            Assert.That(PreciseMath.Tanh(x).UlpsFrom(Math.Tanh(x)), Is.LessThan(2), "tanh");
            Assert.That(PreciseMath.Sin(x).UlpsFrom(Math.Sin(x)), Is.LessThan(1), "sin");
            Assert.That(PreciseMath.Cos(x).UlpsFrom(Math.Cos(x)), Is.LessThan(1), "cos");
            Assert.That(PreciseMath.Pow(magnitude, 1.5).UlpsFrom(Math.Pow(magnitude, 1.5)), Is.LessThan(1), "pow");
        });
    }

    [TestCase(0.5, 0.52049987781304652, 0.6487212707001282, 0.40546510810816438)]
    [TestCase(0.01, 0.011283415555849618, 0.010050167084168058, 0.0099503308531680833)]
    public void Reference_KnownValue_IsWithinItsRounding(double x, double erf, double expM1, double log1P) => Assert.Multiple(() =>
    {
        Assert.That(PreciseMath.Erf(x).UlpsFrom(erf), Is.LessThanOrEqualTo(0.5), "erf");
        Assert.That(PreciseMath.ExpM1(x).UlpsFrom(expM1), Is.LessThanOrEqualTo(0.5), "expm1");
        Assert.That(PreciseMath.Log1P(x).UlpsFrom(log1P), Is.LessThanOrEqualTo(0.5), "log1p");
    });

    [Test]
    public void UlpsFrom_NextNumber_IsOne() => Assert.Multiple(() =>
    {
        Assert.That(PreciseNumber.From(1.5, 300).UlpsFrom(Math.BitIncrement(1.5)), Is.EqualTo(1));
        Assert.That(PreciseNumber.From(-1.5, 300).UlpsFrom(MathF.BitIncrement(-1.5f)), Is.EqualTo(1));
        Assert.That(PreciseNumber.From(double.Epsilon, 1200).UlpsFrom(0.0), Is.EqualTo(1));
        Assert.That(PreciseNumber.From(double.MaxValue, 0).UlpsFrom(double.PositiveInfinity), Is.EqualTo(1));
        Assert.That(PreciseNumber.From(1, 300).UlpsFrom(double.NaN), Is.NaN);
    });
}
