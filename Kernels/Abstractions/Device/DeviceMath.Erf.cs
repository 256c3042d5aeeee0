namespace GpuKeras.Kernels;

/// <content>The error function of float64.</content>
public static partial class DeviceMath
{
    /// <summary>The error function to 1 unit in the last place: a polynomial up to 1, 1 − e^(−x²)·Q above.</summary>
    public static double Erf(double x)
    {
        var magnitude = Math.Abs(x);
        // erf(x) / x − 1 in x²
        var z = magnitude * magnitude;
        var p = Math.FusedMultiplyAdd(z, 5.960685338520971e-11, -1.137495573607015e-09);
        p = Math.FusedMultiplyAdd(p, z, 1.466032872274226e-08);
        p = Math.FusedMultiplyAdd(p, z, -1.6350396222864617e-07);
        p = Math.FusedMultiplyAdd(p, z, 1.64610084778027e-06);
        p = Math.FusedMultiplyAdd(p, z, -1.4925595772180906e-05);
        p = Math.FusedMultiplyAdd(p, z, 0.0001205533113295582);
        p = Math.FusedMultiplyAdd(p, z, -0.0008548326981425542);
        p = Math.FusedMultiplyAdd(p, z, 0.005223977624828431);
        p = Math.FusedMultiplyAdd(p, z, -0.026866170645077875);
        p = Math.FusedMultiplyAdd(p, z, 0.11283791670954885);
        p = Math.FusedMultiplyAdd(p, z, -0.3761263890318375);
        p = Math.FusedMultiplyAdd(p, z, 0.1283791670955126);
        var small = Math.FusedMultiplyAdd(p, magnitude, magnitude);
        // (1 − erf(x))·e^(x²) in (x − 2) / (x + 2); from 6 on the result rounds to 1.
        var limited = magnitude > 6 ? 6 : magnitude;
        var u = (limited - 2) / (limited + 2);
        var q = Math.FusedMultiplyAdd(u, -1.6213416951512502e-06, -1.4599450684278224e-05);
        q = Math.FusedMultiplyAdd(q, u, -2.7312772841809743e-05);
        q = Math.FusedMultiplyAdd(q, u, 2.7666198215733184e-05);
        q = Math.FusedMultiplyAdd(q, u, 0.00017436940321285648);
        q = Math.FusedMultiplyAdd(q, u, 4.354936514757617e-05);
        q = Math.FusedMultiplyAdd(q, u, -0.0009819781250221035);
        q = Math.FusedMultiplyAdd(q, u, -0.0008471431958098448);
        q = Math.FusedMultiplyAdd(q, u, 0.0069974617635200674);
        q = Math.FusedMultiplyAdd(q, u, 0.0037328924051639205);
        q = Math.FusedMultiplyAdd(q, u, -0.07897858101587538);
        q = Math.FusedMultiplyAdd(q, u, 0.2416581942424582);
        q = Math.FusedMultiplyAdd(q, u, -0.42718584741395826);
        q = Math.FusedMultiplyAdd(q, u, 0.25539567631050575);
        return Math.CopySign(magnitude < 1 ? small : 1 - Exp(-limited * limited) * q, x);
    }
}
