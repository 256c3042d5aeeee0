using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>The error function of x ≥ 0 as 32 polynomials of degree 4, fitted when the table is first used.</summary>
/// <remarks>
/// Interval n holds the x that round to n / 8; its polynomial is in t = x − n / 8, |t| ≤ 1/16. Interpolation at Chebyshev's nodes
/// leaves an error below 2e-8, a third of a float32's rounding.
/// </remarks>
internal static unsafe class ErfTable
{
    /// <summary>The number of intervals: what two 512-bit registers hold.</summary>
    public const int Intervals = 32;

    /// <summary>One divided by an interval's width.</summary>
    public const int IntervalsPerUnit = 8;

    private const int Degree = 4;

    /// <summary>The factor of tᵏ of interval n is at 32·k + n. Aligned to 64 bytes; never freed.</summary>
    public static readonly float* Coefficients = Fit();

    // The table has to exist before a loop that reads it is compiled: else the loop asks at each turn whether it does, and keeps
    // its registers in memory for the call that would make it.
#pragma warning disable CA2255 // Module initializers are for applications: this one costs some 0.1 ms.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Make() => RuntimeHelpers.RunClassConstructor(typeof(ErfTable).TypeHandle);

    private static float* Fit()
    {
        var table = (float*)NativeMemory.AlignedAlloc((Degree + 1) * Intervals * sizeof(float), 64);
        new Span<float>(table, (Degree + 1) * Intervals).Clear();
        const double HalfWidth = 0.5 / IntervalsPerUnit;
        // Around zero only t ≥ 0 occurs, and what counts is the error relative to t: t times a polynomial.
        var first = Interpolate(static t => ScalarMath.Erf(t) / t, HalfWidth / 2, HalfWidth / 2, Degree - 1);
        for (var k = 0; k < Degree; k++)
            table[(k + 1) * Intervals] = (float)first[k];
        for (var n = 1; n < Intervals - 1; n++)
        {
            var center = n / (double)IntervalsPerUnit;
            var polynomial = Interpolate(t => ScalarMath.Erf(center + t), 0, HalfWidth, Degree);
            for (var k = 0; k <= Degree; k++)
                table[k * Intervals + n] = (float)polynomial[k];
        }
        // In the last interval the result is 1 to float32's precision.
        table[Intervals - 1] = 1;
        return table;
    }

    /// <summary>The factors of 1, t, t² … of the polynomial through a function's values at Chebyshev's nodes.</summary>
    private static double[] Interpolate(Func<double, double> function, double center, double halfWidth, int degree)
    {
        var nodes = new double[degree + 1];
        var differences = new double[degree + 1];
        for (var i = 0; i <= degree; i++)
        {
            nodes[i] = center + halfWidth * Math.Cos(Math.PI * (i + 0.5) / (degree + 1));
            differences[i] = function(nodes[i]);
        }
        // Newton's divided differences, then his nested form multiplied out from the innermost factor.
        for (var order = 1; order <= degree; order++)
            for (var i = degree; i >= order; i--)
                differences[i] = (differences[i] - differences[i - 1]) / (nodes[i] - nodes[i - order]);
        var polynomial = new double[degree + 1];
        for (var i = degree; i >= 0; i--)
        {
            for (var k = degree; k >= 1; k--)
                polynomial[k] = polynomial[k - 1] - nodes[i] * polynomial[k];
            polynomial[0] = differences[i] - nodes[i] * polynomial[0];
        }
        return polynomial;
    }
}
