namespace GpuKeras.Kernels;

/// <content>The logarithms of float64.</content>
public static partial class DeviceMath
{
    /// <summary>The natural logarithm to 1 unit in the last place: x = 2ᵏ·(1 + f) with 1 + f in (√½, √2].</summary>
    public static double Log(double x)
    {
        var (k, mantissa) = Split(x);
        return LogSpecialValues(x, LogOfSplit(k, mantissa - 1, 0));
    }

    /// <summary>log(1 + x) to 1 unit in the last place, also near zero: what rounding 1 + x loses is added to the logarithm.</summary>
    public static double Log1P(double x)
    {
        var sum = 1 + x;
        var lost = x < 1 ? x - (sum - 1) : 1 - (sum - x);
        var (k, mantissa) = Split(sum);
        var result = k == 0 ? LogOfSplit(0, x, 0) : LogOfSplit(k, mantissa - 1, lost / sum);
        return Math.CopySign(LogSpecialValues(sum, result), x);
    }

    /// <summary>k·ln 2 + log(1 + f) + correction.</summary>
    /// <remarks>
    /// With s = f / (2 + f), log(1 + f) = 2s + s³·L(s²) = f − f²/2 + s·(f²/2 + s²·L(s²)): the largest term is exact. The idea is that of
    /// Sun's fdlibm.
    /// </remarks>
    private static double LogOfSplit(int k, double f, double correction)
    {
        var s = f / (2 + f);
        var z = s * s;
        var p = Math.FusedMultiplyAdd(z, 0.14617872803129472, 0.1533159698024087);
        p = Math.FusedMultiplyAdd(p, z, 0.18182893216800716);
        p = Math.FusedMultiplyAdd(p, z, 0.22222211072894535);
        p = Math.FusedMultiplyAdd(p, z, 0.28571428626398654);
        p = Math.FusedMultiplyAdd(p, z, 0.39999999999898445);
        p = Math.FusedMultiplyAdd(p, z, 0.666666666666667);
        var halfSquare = 0.5 * f * f;
        var tail = Math.FusedMultiplyAdd(s, Math.FusedMultiplyAdd(p, z, halfSquare), Math.FusedMultiplyAdd(k, Ln2Low, correction));
        return k * Ln2High - ((halfSquare - tail) - f);
    }

    private static double LogSpecialValues(double x, double logarithm)
    {
        // NaN compares false, so the second choice x also carries NaN through.
        var result = x < double.PositiveInfinity ? logarithm : x;
        return x <= 0 ? (x == 0 ? double.NegativeInfinity : double.NaN) : result;
    }
}
