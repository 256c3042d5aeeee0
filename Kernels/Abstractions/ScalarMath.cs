namespace GpuKeras.Kernels;

/// <summary>Scalar functions that .NET's <see cref="Math"/> lacks.</summary>
public static class ScalarMath
{
    /// <summary>eˣ − 1, exact near zero (Kahan's correction of the rounded exponential).</summary>
    [DeviceBody(typeof(DeviceMath))]
    public static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1.0)
            return x;
        var difference = u - 1.0;
        if (difference == -1.0 || double.IsInfinity(u))
            return difference;
        return difference * x / Math.Log(u);
    }

    /// <summary>eˣ − 1 in float32, computed in float64.</summary>
    [DeviceBody(typeof(DeviceMath))]
    public static float ExpM1(float x) => (float)ExpM1((double)x);

    /// <summary>log(1 + x), exact near zero (Kahan's correction of the rounded sum).</summary>
    [DeviceBody(typeof(DeviceMath))]
    public static double Log1P(double x)
    {
        var u = 1.0 + x;
        if (u == 1.0)
            return x;
        return double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1.0));
    }

    /// <summary>log(1 + x) in float32, computed in float64.</summary>
    [DeviceBody(typeof(DeviceMath))]
    public static float Log1P(float x) => (float)Log1P((double)x);

    /// <summary>The error function: its Maclaurin series below 3, the continued fraction of erfc above.</summary>
    /// <remarks>DLMF 7.6.2 (all terms of one sign, so nothing cancels) and 7.9.1.</remarks>
    [DeviceBody(typeof(DeviceMath))]
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
            return x;
        var magnitude = Math.Abs(x);
        if (magnitude > 6)
            return Math.Sign(x);
        if (magnitude < 3)
        {
            var (term, sum) = (x, x);
            for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }
            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
        var fraction = magnitude;
        for (var k = 60; k >= 1; k--)
            fraction = magnitude + k / 2.0 / fraction;
        var complement = Math.Exp(-magnitude * magnitude) / (Math.Sqrt(Math.PI) * fraction);
        return Math.Sign(x) * (1 - complement);
    }

    /// <summary>The error function in float32, computed in float64.</summary>
    [DeviceBody(typeof(DeviceMath))]
    public static float Erf(float x) => (float)Erf((double)x);

    /// <summary>The remainder of floored division; it has the sign of <paramref name="b"/> (Python's <c>%</c>).</summary>
    /// <remarks>Exact, unlike a − ⌊a/b⌋·b. NaN when dividing by 0 or when <paramref name="a"/> is infinite.</remarks>
    [DeviceBody(typeof(DeviceMath))]
    public static double FloorModulo(double a, double b)
    {
        var remainder = a % b;
        if (remainder == 0)
            return Math.CopySign(remainder, b);
        return (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    /// <inheritdoc cref="FloorModulo(double, double)"/>
    [DeviceBody(typeof(DeviceMath))]
    public static float FloorModulo(float a, float b)
    {
        var remainder = a % b;
        if (remainder == 0)
            return MathF.CopySign(remainder, b);
        return (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    /// <summary>
    /// xʸ of integers by repeated squaring, wrapping around; for a negative exponent 1/xʸ without its fraction, and 0 for x = 0.
    /// </summary>
    public static long Power(long x, long y)
    {
        if (y < 0)
        {
            if (x is not (1 or -1))
                return 0;
            y &= 1;
        }
        var result = 1L;
        for (; y != 0; y >>= 1, x *= x)
        {
            if ((y & 1) != 0)
                result *= x;
        }
        return result;
    }
}
