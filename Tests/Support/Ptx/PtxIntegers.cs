namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Integer arithmetic. Sources are extended to 64 bits by the instruction's type, results cut to its size.</summary>
internal static class PtxIntegers
{
    // What a device gives for a division by zero is not said.
    private const ulong Undefined = 0xDEADBEEF;

    public static PtxStep? Build(PtxForm form)
    {
        switch (form.Opcode)
        {
            case "mul":
                return Multiply(form, added: false);
            case "mad":
                return Multiply(form, added: true);
            case "div" or "rem" or "add" or "sub" or "min" or "max" or "neg" or "abs" when !PtxFloats.IsFloat(form):
                break;
            default:
                return form.Opcode is "popc" or "clz" ? Count(form) : form.Opcode == "brev" ? Reverse(form) : null;
        }
        var type = form.Type(static type => type.Kind is PtxKind.Signed or PtxKind.Unsigned && type.Bits > 8);
        var signed = type.Kind == PtxKind.Signed;
        return form.Opcode switch
        {
            "add" => Binary(form, type, static (a, b) => a + b),
            "sub" => Binary(form, type, static (a, b) => a - b),
            "div" => Binary(form, type, signed ? DivideSigned : static (a, b) => b == 0 ? Undefined : a / b),
            "rem" => Binary(form, type, signed ? RemainderSigned : static (a, b) => b == 0 ? Undefined : a % b),
            "min" when signed => Binary(form, type, static (a, b) => (ulong)Math.Min((long)a, (long)b)),
            "min" => Binary(form, type, Math.Min),
            "max" when signed => Binary(form, type, static (a, b) => (ulong)Math.Max((long)a, (long)b)),
            "max" => Binary(form, type, Math.Max),
            _ when !signed => throw form.Fault("exists for signed types only"),
            "neg" => Unary(form, type, static a => 0 - a),
            _ => Unary(form, type, static a => (long)a < 0 ? 0 - a : a),
        };
    }

    // The least number by -1 wraps around; .NET's division would throw.
    private static ulong DivideSigned(ulong a, ulong b) =>
        b == 0 ? Undefined : b == ulong.MaxValue ? 0 - a : (ulong)((long)a / (long)b);

    private static ulong RemainderSigned(ulong a, ulong b) =>
        b == 0 ? Undefined : b == ulong.MaxValue ? 0 : (ulong)((long)a % (long)b);

    private static PtxStep? Multiply(PtxForm form, bool added)
    {
        var half = form.Try("lo") ? "lo" : form.Try("hi") ? "hi" : form.Try("wide") ? "wide" : null;
        if (half is null)
            return null;
        var type = form.Type(static type => type.Kind is PtxKind.Signed or PtxKind.Unsigned && type.Bits > 8);
        if (half == "wide" && type.Bits == 64)
            throw form.Fault("there are no products of 128 bits");
        var result = half == "wide" ? type with { Bits = 2 * type.Bits } : type;
        var (d, a, b) = (form.Write(result), form.Read(type), form.Read(type));
        var c = added ? form.Read(result) : -1;
        return item =>
        {
            var product = Product(type, half, type.Extend(item.R[a]), type.Extend(item.R[b]));
            item.R[d] = result.Truncate(product + (added ? item.R[c] : 0));
        };
    }

    private static ulong Product(PtxType type, string half, ulong a, ulong b)
    {
        if (half != "hi")
            return a * b;
        if (type.Bits < 64)
            return a * b >> type.Bits;
        return type.Kind == PtxKind.Signed ? (ulong)Math.BigMul((long)a, (long)b, out _) : Math.BigMul(a, b, out _);
    }

    private static PtxStep Count(PtxForm form)
    {
        var type = form.Type(static type => type.Kind == PtxKind.Bits && type.Bits >= 32);
        var (d, a) = (form.Write(PtxType.U32), form.Read(type));
        var unused = 64 - type.Bits;
        return form.Opcode == "popc"
            ? item => item.R[d] = (uint)ulong.PopCount(item.R[a])
            : item => item.R[d] = (uint)((int)ulong.LeadingZeroCount(item.R[a]) - unused);
    }

    private static PtxStep Reverse(PtxForm form)
    {
        var type = form.Type(static type => type.Kind == PtxKind.Bits && type.Bits >= 32);
        var (d, a) = (form.Write(type), form.Read(type));
        return item =>
        {
            var reversed = 0ul;
            for (var i = 0; i < type.Bits; i++)
                reversed |= (item.R[a] >> i & 1) << (type.Bits - 1 - i);
            item.R[d] = reversed;
        };
    }

    private static PtxStep Binary(PtxForm form, PtxType type, Func<ulong, ulong, ulong> operation)
    {
        var (d, a, b) = (form.Write(type), form.Read(type), form.Read(type));
        return type.Bits == 64
            ? item => item.R[d] = operation(item.R[a], item.R[b])
            : item => item.R[d] = type.Truncate(operation(type.Extend(item.R[a]), type.Extend(item.R[b])));
    }

    private static PtxStep Unary(PtxForm form, PtxType type, Func<ulong, ulong> operation)
    {
        var (d, a) = (form.Write(type), form.Read(type));
        return item => item.R[d] = type.Truncate(operation(type.Extend(item.R[a])));
    }
}
