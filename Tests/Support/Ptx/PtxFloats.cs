namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Float arithmetic. Additions and products must say <c>.rn</c>, so that no assembler contracts them.</summary>
internal static class PtxFloats
{
    /// <summary>Whether an instruction that integers have too is one of floats.</summary>
    public static bool IsFloat(PtxForm form) => form.EndsWith("f32") || form.EndsWith("f64");

    public static PtxStep? Build(PtxForm form) => form.Opcode switch
    {
        "add" => Rounded(form, static (a, b) => a + b, static (a, b) => a + b),
        "sub" => Rounded(form, static (a, b) => a - b, static (a, b) => a - b),
        "mul" => Rounded(form, static (a, b) => a * b, static (a, b) => a * b),
        "div" => Rounded(form, static (a, b) => a / b, static (a, b) => a / b),
        "fma" => Fused(form),
        "sqrt" => Root(form, MathF.Sqrt, Math.Sqrt),
        "rcp" => Root(form, static a => 1 / a, static a => 1 / a),
        "neg" => Unary(form, form.Type(Precise), static a => -a, static a => -a),
        "abs" => Unary(form, form.Type(Precise), MathF.Abs, Math.Abs),
        "min" => Extreme(form, MathF.Min, float.MinNumber, double.MinNumber),
        "max" => Extreme(form, MathF.Max, float.MaxNumber, double.MaxNumber),
        // PTX names the sign first.
        "copysign" => Binary(form, form.Type(Precise), static (a, b) => MathF.CopySign(b, a), static (a, b) => Math.CopySign(b, a)),
        "ex2" => Approximate(form, static a => (float)Math.Pow(2, a)),
        "lg2" => Approximate(form, static a => (float)Math.Log2(a)),
        "rsqrt" => Approximate(form, static a => (float)(1 / Math.Sqrt(a))),
        "sin" => Approximate(form, static a => (float)Math.Sin(a)),
        "cos" => Approximate(form, static a => (float)Math.Cos(a)),
        _ => null,
    };

    private static bool Precise(PtxType type) => type.IsFloat && type.Bits >= 32;

    private static PtxStep Rounded(PtxForm form, Func<float, float, float> single, Func<double, double, double> twofold)
    {
        form.OneOf("rn");
        return Binary(form, form.Type(Precise), single, twofold);
    }

    private static PtxStep Root(PtxForm form, Func<float, float> single, Func<double, double> twofold)
    {
        form.OneOf("rn");
        return Unary(form, form.Type(Precise), single, twofold);
    }

    private static PtxStep Approximate(PtxForm form, Func<float, float> single)
    {
        form.OneOf("approx");
        form.Try("ftz");
        return Unary(form, form.Type(static type => type == PtxType.F32), single, static a => a);
    }

    private static PtxStep Extreme(
        PtxForm form, Func<float, float, float> spreading, Func<float, float, float> single, Func<double, double, double> twofold)
    {
        var spreads = form.Try("NaN");
        var type = form.Type(type => Precise(type) && (!spreads || type.Bits == 32));
        return Binary(form, type, spreads ? spreading : single, twofold);
    }

    private static PtxStep Fused(PtxForm form)
    {
        form.OneOf("rn");
        var type = form.Type(Precise);
        var (d, a, b, c) = (form.Write(type), form.Read(type), form.Read(type), form.Read(type));
        return type.Bits == 32
            ? item => item.R[d] = Bits(MathF.FusedMultiplyAdd(Single(item.R[a]), Single(item.R[b]), Single(item.R[c])))
            : item => item.R[d] = Bits(Math.FusedMultiplyAdd(Double(item.R[a]), Double(item.R[b]), Double(item.R[c])));
    }

    private static PtxStep Binary(PtxForm form, PtxType type, Func<float, float, float> single, Func<double, double, double> twofold)
    {
        var (d, a, b) = (form.Write(type), form.Read(type), form.Read(type));
        return type.Bits == 32
            ? item => item.R[d] = Bits(single(Single(item.R[a]), Single(item.R[b])))
            : item => item.R[d] = Bits(twofold(Double(item.R[a]), Double(item.R[b])));
    }

    private static PtxStep Unary(PtxForm form, PtxType type, Func<float, float> single, Func<double, double> twofold)
    {
        var (d, a) = (form.Write(type), form.Read(type));
        return type.Bits == 32
            ? item => item.R[d] = Bits(single(Single(item.R[a])))
            : item => item.R[d] = Bits(twofold(Double(item.R[a])));
    }

    internal static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    internal static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    internal static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    internal static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
