namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Bits, shifts and moves.</summary>
internal static class PtxLogic
{
    public static PtxStep? Build(PtxForm form) => form.Opcode switch
    {
        "and" => Binary(form, static (a, b) => a & b),
        "or" => Binary(form, static (a, b) => a | b),
        "xor" => Binary(form, static (a, b) => a ^ b),
        "not" => Not(form),
        "shl" => Shift(form, form.Type(IsBits), static (type, a, count) => type.Truncate(a << count)),
        "shr" => ShiftRight(form),
        "mov" when form.IsVector(0) => Unpack(form),
        "mov" when form.IsVector(1) => Pack(form),
        "mov" => Move(form),
        _ => null,
    };

    private static bool IsBits(PtxType type) => type.Kind == PtxKind.Bits && type.Bits > 8;

    private static PtxStep Binary(PtxForm form, Func<ulong, ulong, ulong> operation)
    {
        var type = form.Type(static type => IsBits(type) || type == PtxType.Predicate);
        var (d, a, b) = (form.Write(type), form.Read(type), form.Read(type));
        return item => item.R[d] = operation(item.R[a], item.R[b]);
    }

    private static PtxStep Not(PtxForm form)
    {
        var type = form.Type(static type => IsBits(type) || type == PtxType.Predicate);
        var (d, a) = (form.Write(type), form.Read(type));
        return item => item.R[d] = type.Truncate(~item.R[a]);
    }

    private static PtxStep ShiftRight(PtxForm form)
    {
        var type = form.Type(static type => type.IsInteger && type.Bits > 8);
        return type.Kind == PtxKind.Signed
            ? Shift(form, type, static (type, a, count) => type.Truncate((ulong)((long)type.Extend(a) >> count)), 63)
            : Shift(form, type, static (_, a, count) => a >> count);
    }

    // Counts beyond the width are clamped to it: all bits leave.
    private static PtxStep Shift(PtxForm form, PtxType type, Func<PtxType, ulong, int, ulong> operation, int most = 64)
    {
        var (d, a, b) = (form.Write(type), form.Read(type), form.Read(PtxType.U32));
        return item =>
        {
            var count = (int)Math.Min(item.R[b], (ulong)most);
            item.R[d] = count == 64 ? 0 : operation(type, item.R[a], count);
        };
    }

    private static PtxStep Move(PtxForm form)
    {
        var type = form.Type(static type => type.Bits != 8 && type.Kind != PtxKind.TensorFloat);
        var d = form.Write(type);
        var a = form.Symbol();
        if (a is not null && (!type.IsInteger || type.Bits < 32))
            throw form.Fault("an address has 32 or 64 bits");
        var source = a ?? form.Read(type);
        return item => item.R[d] = item.R[source];
    }

    private static PtxStep Unpack(PtxForm form)
    {
        var type = form.Type(static type => type == PtxType.B64);
        var d = form.WriteVector(PtxType.B32, 2);
        var a = form.Read(type);
        return item => (item.R[d[0].Slot], item.R[d[1].Slot]) = ((uint)item.R[a], item.R[a] >> 32);
    }

    private static PtxStep Pack(PtxForm form)
    {
        var type = form.Type(static type => type == PtxType.B64);
        var d = form.Write(type);
        var a = form.ReadVector(PtxType.B32, 2);
        return item => item.R[d] = item.R[a[0]] | item.R[a[1]] << 32;
    }
}
