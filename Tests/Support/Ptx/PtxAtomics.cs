namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Indivisible updates: <c>atom</c> gives back the old value, <c>red</c> does not.</summary>
internal static unsafe class PtxAtomics
{
    public static PtxStep? Build(PtxForm form)
    {
        if (form.Opcode is not ("atom" or "red"))
            return null;
        var returns = form.Opcode == "atom";
        var space = form.OneOf("global", "shared");
        var operation = form.OneOf("add", "min", "max", "and", "or", "xor", "exch", "cas");
        if (!returns && operation is "exch" or "cas")
            throw form.Fault("red does not exchange");
        var type = form.Type(type => Exists(operation, type));
        var d = returns ? form.Write(type) : -1;
        var (address, offset) = form.Address(space);
        var compared = operation == "cas" ? form.Read(type) : -1;
        var b = form.Read(type);
        return item =>
        {
            var at = item.Group.At(item, space, item.R[address] + (ulong)offset, type.Bytes, PtxAccess.Atomic);
            var before = PtxMemory.Get(at, type.Bytes);
            var value = item.R[b];
            if (operation != "cas")
                PtxMemory.Set(at, type.Bytes, Combine(operation, type, before, value));
            else if (before == item.R[compared])
                PtxMemory.Set(at, type.Bytes, value);
            if (returns)
                item.R[d] = before;
        };
    }

    private static bool Exists(string operation, PtxType type) => type.Bits >= 32 && operation switch
    {
        "add" => type.Kind == PtxKind.Unsigned || type.IsFloat || type is { Kind: PtxKind.Signed, Bits: 32 },
        "min" or "max" => type.Kind is PtxKind.Unsigned or PtxKind.Signed,
        _ => type.Kind == PtxKind.Bits,
    };

    private static ulong Combine(string operation, PtxType type, ulong before, ulong value) => operation switch
    {
        "add" when type.IsFloat => type.Bits == 32
            ? PtxFloats.Bits(PtxFloats.Single(before) + PtxFloats.Single(value))
            : PtxFloats.Bits(PtxFloats.Double(before) + PtxFloats.Double(value)),
        "add" => before + value,
        "min" or "max" => IsLess(type, before, value) == (operation == "min") ? before : value,
        "and" => before & value,
        "or" => before | value,
        "xor" => before ^ value,
        _ => value,
    };

    private static bool IsLess(PtxType type, ulong a, ulong b) =>
        type.Kind == PtxKind.Signed ? (long)type.Extend(a) < (long)type.Extend(b) : a < b;
}
