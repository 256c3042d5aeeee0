using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.VectorMathTests;

/// <summary>Each lane's functions against float64, over the whole range of float32.</summary>
[TestFixture(typeof(FloatVector512))]
[TestFixture(typeof(FloatVector256))]
[TestFixture(typeof(FloatVector128))]
[TestFixture(typeof(FloatLane))]
[TestFixture(typeof(FloatPanel))]
public unsafe class AccuracyTests<TLane>
    where TLane : struct, ILane<TLane, float>
{
    // A prime step through the bit patterns visits every exponent with ever different mantissas.
    private const uint BitStep = 20_011;

    public static readonly object[][] Functions =
    [
        ["exp", 8e-8],
        ["expm1", 1.6e-7],
        ["log", 1.2e-7],
        ["log1p", 1.5e-7],
        ["tanh", 1.6e-7],
        ["erf", 2e-7],
        ["sqrt", 6e-8],
    ];

    [TestCaseSource(nameof(Functions))]
    public void Function_WholeFloatRange_WithinRelativeError(string name, double bound)
    {
        var (worst, worstAt) = (0.0, 0f);
        var input = stackalloc float[16];
        var output = stackalloc float[16];
        for (ulong bits = 0; bits <= uint.MaxValue; bits += BitStep * (ulong)TLane.Count)
        {
            for (var i = 0; i < TLane.Count; i++)
                input[i] = BitConverter.UInt32BitsToSingle((uint)(bits + BitStep * (ulong)i));
            Evaluate(name, TLane.Load(input)).Store(output);
            for (var i = 0; i < TLane.Count; i++)
                Track(name, input[i], output[i], ref worst, ref worstAt);
        }
        Assert.That(worst, Is.LessThanOrEqualTo(bound), $"{name}({worstAt:R})");
    }

    [TestCaseSource(nameof(Functions))]
    public void Function_UsualRange_WithinRelativeError(string name, double bound)
    {
        var (worst, worstAt) = (0.0, 0f);
        var input = stackalloc float[16];
        var output = stackalloc float[16];
        for (var x = -20.0; x < 20; x += 1.7e-4 * TLane.Count)
        {
            for (var i = 0; i < TLane.Count; i++)
                input[i] = (float)(x + 1.7e-4 * i);
            Evaluate(name, TLane.Load(input)).Store(output);
            for (var i = 0; i < TLane.Count; i++)
                Track(name, input[i], output[i], ref worst, ref worstAt);
        }
        Assert.That(worst, Is.LessThanOrEqualTo(bound), $"{name}({worstAt:R})");
    }

    [Test]
    public void SinAndCos_UsualRange_WithinAbsoluteError([Values("sin", "cos")] string name)
    {
        var input = stackalloc float[16];
        var output = stackalloc float[16];
        for (var x = -1000.0; x < 1000; x += 0.013)
        {
            for (var i = 0; i < TLane.Count; i++)
                input[i] = (float)x;
            Evaluate(name, TLane.Load(input)).Store(output);
            Assert.That(output[0], Is.EqualTo(Reference(name, input[0])).Within(1.2e-7), $"{name}({input[0]:R})");
        }
    }

    [TestCase("exp", 0f, 1f)]
    [TestCase("exp", -0f, 1f)]
    [TestCase("exp", float.NegativeInfinity, 0f)]
    [TestCase("exp", float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase("exp", 1e30f, float.PositiveInfinity)]
    [TestCase("exp", -1e30f, 0f)]
    [TestCase("exp", float.NaN, float.NaN)]
    [TestCase("expm1", 0f, 0f)]
    [TestCase("expm1", -0f, -0f)]
    [TestCase("expm1", 1e-45f, 1e-45f)]
    [TestCase("expm1", float.NegativeInfinity, -1f)]
    [TestCase("expm1", float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase("expm1", float.NaN, float.NaN)]
    [TestCase("log", 1f, 0f)]
    [TestCase("log", 0f, float.NegativeInfinity)]
    [TestCase("log", -0f, float.NegativeInfinity)]
    [TestCase("log", -1f, float.NaN)]
    [TestCase("log", float.NegativeInfinity, float.NaN)]
    [TestCase("log", float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase("log", float.NaN, float.NaN)]
    [TestCase("log1p", 0f, 0f)]
    [TestCase("log1p", -0f, -0f)]
    [TestCase("log1p", 1e-45f, 1e-45f)]
    [TestCase("log1p", -1f, float.NegativeInfinity)]
    [TestCase("log1p", -2f, float.NaN)]
    [TestCase("log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase("log1p", float.NaN, float.NaN)]
    [TestCase("tanh", 0f, 0f)]
    [TestCase("tanh", -0f, -0f)]
    [TestCase("tanh", 1e-45f, 1e-45f)]
    [TestCase("tanh", float.NegativeInfinity, -1f)]
    [TestCase("tanh", float.PositiveInfinity, 1f)]
    [TestCase("tanh", float.NaN, float.NaN)]
    [TestCase("erf", 0f, 0f)]
    [TestCase("erf", -0f, -0f)]
    [TestCase("erf", float.NegativeInfinity, -1f)]
    [TestCase("erf", float.PositiveInfinity, 1f)]
    [TestCase("erf", float.NaN, float.NaN)]
    public void Function_SpecialValue_IsExact(string name, float x, float expected)
    {
        var output = stackalloc float[16];
        Evaluate(name, TLane.Broadcast(x)).Store(output);
        var actual = output[TLane.Count - 1];
        Assert.That(actual, Is.EqualTo(expected), $"{name}({x:R})");
        if (!float.IsNaN(expected))
            Assert.That(float.IsNegative(actual), Is.EqualTo(float.IsNegative(expected)), $"sign of {name}({x:R})");
    }

    [TestCase(2f, 10f, 1024f)]
    [TestCase(-2f, 3f, -8f)]
    [TestCase(-2f, 0.5f, float.NaN)]
    [TestCase(0f, 0f, 1f)]
    [TestCase(float.NaN, 0f, 1f)]
    [TestCase(0f, -1f, float.PositiveInfinity)]
    public void Pow_SpecialValue_IsAsInC(float x, float y, float expected)
    {
        var output = stackalloc float[16];
        TLane.Pow(TLane.Broadcast(x), TLane.Broadcast(y)).Store(output);
        Assert.That(output[TLane.Count - 1], Is.EqualTo(expected));
    }

    [TestCase(7f, 3f, 1f)]
    [TestCase(-7f, 3f, 2f)]
    [TestCase(7f, -3f, -2f)]
    [TestCase(-7f, -3f, -1f)]
    [TestCase(6f, 3f, 0f)]
    [TestCase(16777215f * 128f, 10f, 0f)]
    [TestCase(5f, 0f, float.NaN)]
    [TestCase(5f, float.PositiveInfinity, 5f)]
    public void FloorModulo_Signs_AreAsInPython(float a, float b, float expected)
    {
        var output = stackalloc float[16];
        TLane.FloorModulo(TLane.Broadcast(a), TLane.Broadcast(b)).Store(output);
        Assert.That(output[TLane.Count - 1], Is.EqualTo(expected));
    }

    private static void Track(string name, float x, float actual, ref double worst, ref float worstAt)
    {
        var expected = Reference(name, x);
        var error = RelativeError(actual, expected);
        // A negated comparison, so that a NaN error counts as the worst.
        if (!(error <= worst))
            (worst, worstAt) = (error, x);
    }

    // The smallest subnormal is what one rounding may cost where float32 has no more bits.
    private static double RelativeError(float actual, double expected)
    {
        if (double.IsNaN(expected))
            return float.IsNaN(actual) ? 0 : double.NaN;
        if (double.IsInfinity((float)expected))
            return actual == (float)expected ? 0 : double.NaN;
        var error = Math.Abs(actual - expected);
        return error <= float.Epsilon ? 0 : error / Math.Abs(expected);
    }

    private static TLane Evaluate(string name, TLane x) => name switch
    {
        "exp" => TLane.Exp(x),
        "expm1" => TLane.ExpM1(x),
        "log" => TLane.Log(x),
        "log1p" => TLane.Log1P(x),
        "tanh" => TLane.Tanh(x),
        "erf" => TLane.Erf(x),
        "sqrt" => TLane.Sqrt(x),
        "sin" => TLane.Sin(x),
        "cos" => TLane.Cos(x),
        _ => throw new ArgumentException(name),
    };

    private static double Reference(string name, double x) => name switch
    {
        "exp" => Math.Exp(x),
        "expm1" => ScalarMath.ExpM1(x),
        "log" => Math.Log(x),
        "log1p" => ScalarMath.Log1P(x),
        "tanh" => Math.Tanh(x),
        "erf" => ScalarMath.Erf(x),
        "sqrt" => Math.Sqrt(x),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        _ => throw new ArgumentException(name),
    };
}
