namespace GpuKeras.Tests.Support.Ptx;

/// <summary><c>cvt</c> between the types.</summary>
internal static class PtxConversion
{
    public static PtxStep? Build(PtxForm form)
    {
        if (form.Opcode == "cvta")
            return Address(form);
        if (form.Opcode != "cvt")
            return null;
        var rounding = form.Try("rn") ? "rn" : form.Try("rz") ? "rz" : form.Try("rna") ? "rna"
            : form.Try("rni") ? "rni" : form.Try("rzi") ? "rzi" : form.Try("rmi") ? "rmi" : form.Try("rpi") ? "rpi" : "";
        var saturates = form.Try("sat");
        var (to, from) = (form.Type(), form.Type());
        if (to == PtxType.BFloatPair)
            return Pair(form, rounding, from);
        var (d, register) = form.WriteTyped(to);
        var a = form.Read(from, widens: true);
        var step = (to.IsFloat, from.IsFloat) switch
        {
            _ when to.Kind == PtxKind.TensorFloat => Tensor(form, rounding, from),
            (true, true) => FloatToFloat(form, rounding, to, from),
            (true, false) when rounding == "rn" => IntegerToFloat(to, from),
            (false, true) when rounding.EndsWith('i') => FloatToInteger(rounding, to, from),
            (false, false) when rounding == "" => IntegerToInteger(to, from, saturates),
            _ => throw form.Fault("there is no such conversion with this rounding"),
        };
        if (saturates && (to.IsFloat || from.IsFloat))
            throw form.Fault(".sat is known between integers only");
        return item => item.R[d] = register.Truncate(to.Extend(step(item.R[a])));
    }

    private static PtxStep Address(PtxForm form)
    {
        form.Try("to");
        form.OneOf("global");
        var type = form.Type(static type => type is { Kind: PtxKind.Unsigned, Bits: 64 });
        var (d, a) = (form.Write(type), form.Read(type));
        return item => item.R[d] = item.R[a];
    }

    private static Func<ulong, ulong> Tensor(PtxForm form, string rounding, PtxType from)
    {
        if (rounding != "rna" || from != PtxType.F32)
            throw form.Fault("must be cvt.rna.tf32.f32");
        return static bits => float.IsFinite(PtxFloats.Single(bits)) ? ((uint)bits + 0x1000) & ~0x1FFFu : bits;
    }

    // The first operand goes to the high half.
    private static PtxStep Pair(PtxForm form, string rounding, PtxType from)
    {
        if (rounding != "rn" || from != PtxType.F32)
            throw form.Fault("must be cvt.rn.bf16x2.f32");
        var (d, high, low) = (form.Write(PtxType.BFloatPair), form.Read(from), form.Read(from));
        return item => item.R[d] = BFloat(PtxFloats.Single(item.R[high])) << 16 | BFloat(PtxFloats.Single(item.R[low]));
    }

    // To the nearest, halves to even, by exact arithmetic on the value.
    private static ulong BFloat(float value)
    {
        if (float.IsNaN(value))
            return 0x7FFF;
        if (float.IsInfinity(value) || value == 0)
            return BitConverter.SingleToUInt32Bits(value) >> 16;
        var unit = Math.ScaleB(1, Math.Max(Math.ILogB(value) - 7, -133));
        var rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        return BitConverter.SingleToUInt32Bits(Math.Abs(rounded) >= Math.ScaleB(1, 128) ? value * float.PositiveInfinity : (float)rounded) >> 16;
    }

    private static Func<ulong, ulong> FloatToFloat(PtxForm form, string rounding, PtxType to, PtxType from)
    {
        var narrows = to.Bits < from.Bits;
        if (to.Bits == from.Bits ? !rounding.EndsWith('i') : rounding != (narrows ? "rn" : ""))
            throw form.Fault("must say .rn to a narrower type, .rni, .rzi, .rmi or .rpi between equal ones, nothing to a wider one");
        return bits => Encode(to, from.Bits, Round(rounding, Decode(from, bits)));
    }

    private static double Decode(PtxType type, ulong bits) => type.Bits switch
    {
        16 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
        32 => PtxFloats.Single(bits),
        _ => PtxFloats.Double(bits),
    };

    private static ulong Encode(PtxType type, int fromBits, double value) => type.Bits switch
    {
        16 => BitConverter.HalfToUInt16Bits(fromBits == 32 ? (Half)(float)value : (Half)value),
        32 => PtxFloats.Bits((float)value),
        _ => PtxFloats.Bits(value),
    };

    private static double Round(string rounding, double value) => rounding switch
    {
        "rni" => Math.Round(value, MidpointRounding.ToEven),
        "rzi" => Math.Truncate(value),
        "rmi" => Math.Floor(value),
        "rpi" => Math.Ceiling(value),
        _ => value,
    };

    private static Func<ulong, ulong> IntegerToFloat(PtxType to, PtxType from)
    {
        if (to.Bits == 32)
        {
            return from.Kind == PtxKind.Signed
                ? bits => PtxFloats.Bits((float)(long)from.Extend(bits))
                : bits => PtxFloats.Bits((float)from.Extend(bits));
        }
        return from.Kind == PtxKind.Signed
            ? bits => PtxFloats.Bits((double)(long)from.Extend(bits))
            : bits => PtxFloats.Bits((double)from.Extend(bits));
    }

    // Out of range gives the nearest integer; NaN gives 0 from float32 to at most 32 bits, else only the top bit.
    private static Func<ulong, ulong> FloatToInteger(string rounding, PtxType to, PtxType from)
    {
        var signed = to.Kind == PtxKind.Signed;
        var least = signed ? -(Int128.One << (to.Bits - 1)) : 0;
        var most = (Int128.One << (signed ? to.Bits - 1 : to.Bits)) - 1;
        var nan = from.Bits == 64 || to.Bits == 64 ? 1ul << (to.Bits - 1) : 0;
        return bits =>
        {
            var value = Round(rounding, Decode(from, bits));
            return double.IsNaN(value) ? nan : (ulong)(Int128.Clamp((Int128)Math.Clamp(value, -1e30, 1e30), least, most) & ulong.MaxValue);
        };
    }

    private static Func<ulong, ulong> IntegerToInteger(PtxType to, PtxType from, bool saturates)
    {
        if (!saturates)
            return bits => to.Truncate(from.Extend(bits));
        var signed = to.Kind == PtxKind.Signed;
        var least = signed ? -(Int128.One << (to.Bits - 1)) : 0;
        var most = (Int128.One << (signed ? to.Bits - 1 : to.Bits)) - 1;
        return bits =>
        {
            var value = from.Kind == PtxKind.Signed ? (Int128)(long)from.Extend(bits) : from.Extend(bits);
            return (ulong)(Int128.Clamp(value, least, most) & ulong.MaxValue);
        };
    }
}
