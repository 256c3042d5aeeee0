namespace GpuKeras.Kernels;

/// <content>Sine and cosine.</content>
public static partial class DeviceMath
{
    /// <summary>The sine of x radians to 1.5 units in the last place, for every x; NaN of infinity.</summary>
    public static float Sin(float x)
    {
        var (quarter, r) = Reduce(MathF.Abs(x));
        return MathF.CopySign(1, x) * SinOfQuarter(quarter, r);
    }

    /// <summary>The cosine of x radians to 1.5 units in the last place, for every x; NaN of infinity.</summary>
    public static float Cos(float x)
    {
        var (quarter, r) = Reduce(MathF.Abs(x));
        return SinOfQuarter(quarter + 1, r);
    }

    /// <summary>The sine of x radians to 1 unit in the last place, for every x; NaN of infinity.</summary>
    public static double Sin(double x)
    {
        var (quarter, r, rLow) = Reduce(Math.Abs(x));
        return Math.CopySign(1, x) * SinOfQuarter(quarter, r, rLow);
    }

    /// <summary>The cosine of x radians to 1 unit in the last place, for every x; NaN of infinity.</summary>
    public static double Cos(double x)
    {
        var (quarter, r, rLow) = Reduce(Math.Abs(x));
        return SinOfQuarter(quarter + 1, r, rLow);
    }

    /// <summary>Sine and cosine of x radians, each as by itself.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        var (quarter, r, rLow) = Reduce(Math.Abs(x));
        return (Math.CopySign(1, x) * SinOfQuarter(quarter, r, rLow), SinOfQuarter(quarter + 1, r, rLow));
    }

    /// <summary>Sine and cosine of turn / 2³² of a full turn, to 1.5 units in the last place.</summary>
    internal static (float Sin, float Cos) SinCosOfTurn(uint turn)
    {
        const float step = (float)(2 * Math.PI / 4294967296.0);
        const uint eighth = 1u << 29;
        var quarter = (turn + eighth) >> 30;
        var r = (int)(turn - (quarter << 30)) * step;
        return (SinOfQuarter((int)quarter, r), SinOfQuarter((int)quarter + 1, r));
    }

    /// <summary>sin(quarter · π/2 + r) for |r| ≤ π/4.</summary>
    private static float SinOfQuarter(int quarter, float r)
    {
        var z = r * r;
        // (sin(r) / r − 1) / r²
        var p = MathF.FusedMultiplyAdd(z, -0.000195169836f, 0.00833217613f);
        p = MathF.FusedMultiplyAdd(p, z, -0.166666552f);
        var sine = MathF.FusedMultiplyAdd(p * z, r, r);
        // (cos(r) − 1 + r²/2) / r⁴
        var q = MathF.FusedMultiplyAdd(z, 2.4438079e-05f, -0.00138873642f);
        q = MathF.FusedMultiplyAdd(q, z, 0.0416666456f);
        var cosine = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(q, z, -0.5f), z, 1);
        var result = (quarter & 1) == 0 ? sine : cosine;
        return (quarter & 2) == 0 ? result : -result;
    }

    /// <summary>sin(quarter · π/2 + r + rLow) for |r| ≤ π/4.</summary>
    private static double SinOfQuarter(int quarter, double r, double rLow)
    {
        var z = r * r;
        // (sin(r) / r − 1) / r²
        var p = Math.FusedMultiplyAdd(z, 1.5896666395061006e-10, -2.5050755960851625e-08);
        p = Math.FusedMultiplyAdd(p, z, 2.755731367868117e-06);
        p = Math.FusedMultiplyAdd(p, z, -0.00019841269829771327);
        p = Math.FusedMultiplyAdd(p, z, 0.00833333333332237);
        p = Math.FusedMultiplyAdd(p, z, -0.16666666666666632);
        // The low part adds rLow · cos(r).
        var sine = r + Math.FusedMultiplyAdd(p * z, r, Math.FusedMultiplyAdd(-0.5 * z, rLow, rLow));
        // (cos(r) − 1 + r²/2) / r⁴
        var q = Math.FusedMultiplyAdd(z, -1.135955882637845e-11, 2.0875721614798155e-09);
        q = Math.FusedMultiplyAdd(q, z, -2.755731434060213e-07);
        q = Math.FusedMultiplyAdd(q, z, 2.4801587289443322e-05);
        q = Math.FusedMultiplyAdd(q, z, -0.0013888888888874064);
        q = Math.FusedMultiplyAdd(q, z, 0.0416666666666666);
        // 1 − r²/2 rounded, and what that lost; the low part adds −rLow · sin(r).
        var (half, first) = (0.5 * z, 1 - 0.5 * z);
        var cosine = first + ((1 - first) - half + Math.FusedMultiplyAdd(q * z, z, -r * rLow));
        var result = (quarter & 1) == 0 ? sine : cosine;
        return (quarter & 2) == 0 ? result : -result;
    }
}
