using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.VectorMathTests;

/// <summary>The float64 references against values to 17 digits.</summary>
public class ScalarMathTests
{
    [TestCase(1e-10, 1.1283791670955126e-10)]
    [TestCase(0.1, 0.1124629160182849)]
    [TestCase(0.5, 0.52049987781304652)]
    [TestCase(0.84375, 0.76722566123234159)]
    [TestCase(1, 0.84270079294971489)]
    [TestCase(1.5, 0.96610514647531076)]
    [TestCase(2, 0.99532226501895271)]
    [TestCase(2.9, 0.99995890212190053)]
    [TestCase(3.1, 0.99998835134263275)]
    [TestCase(4, 0.99999998458274209)]
    [TestCase(5.5, 0.99999999999999267)]
    [TestCase(-0.5, -0.52049987781304652)]
    [TestCase(-3.5, -0.99999925690162761)]
    public void Erf_KnownArgument_IsExact(double x, double expected) =>
        Assert.That(ScalarMath.Erf(x), Is.EqualTo(expected).Within(1e-14 * Math.Abs(expected)));

    [TestCase(1e-12, 1.0000000000005e-12)]
    [TestCase(-1e-9, -9.9999999949999999e-10)]
    [TestCase(1e-5, 1.0000050000166668e-05)]
    [TestCase(0.01, 0.010050167084168058)]
    [TestCase(-0.5, -0.39346934028736658)]
    [TestCase(0.6931, 0.99990564110607971)]
    [TestCase(1, 1.7182818284590453)]
    [TestCase(10, 22025.465794806718)]
    [TestCase(-3, -0.95021293163213605)]
    [TestCase(-30, -0.99999999999990641)]
    public void ExpM1_KnownArgument_IsExact(double x, double expected) =>
        Assert.That(ScalarMath.ExpM1(x), Is.EqualTo(expected).Within(1e-14 * Math.Abs(expected)));

    [TestCase(1e-12, 9.9999999999949996e-13)]
    [TestCase(-1e-9, -1.0000000005000001e-09)]
    [TestCase(1e-5, 9.9999500003333319e-06)]
    [TestCase(0.01, 0.0099503308531680833)]
    [TestCase(-0.5, -0.69314718055994529)]
    [TestCase(1, 0.69314718055994529)]
    [TestCase(41.5, 3.7495040759303713)]
    [TestCase(-0.999, -6.9077552789821359)]
    [TestCase(1e6, 13.815511557963774)]
    public void Log1P_KnownArgument_IsExact(double x, double expected) =>
        Assert.That(ScalarMath.Log1P(x), Is.EqualTo(expected).Within(1e-14 * Math.Abs(expected)));
}
