namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Loads and stores.</summary>
internal static unsafe class PtxMemory
{
    public static PtxStep? Build(PtxForm form) => form.Opcode switch
    {
        "ld" => Load(form),
        "st" => Store(form),
        _ => null,
    };

    /// <summary>Reads some bytes as the low bits of a value.</summary>
    public static ulong Get(byte* at, int bytes) => bytes switch
    {
        1 => *at,
        2 => *(ushort*)at,
        4 => *(uint*)at,
        _ => *(ulong*)at,
    };

    /// <summary>Writes the low bits of a value.</summary>
    public static void Set(byte* at, int bytes, ulong value)
    {
        switch (bytes)
        {
            case 1:
                *at = (byte)value;
                break;
            case 2:
                *(ushort*)at = (ushort)value;
                break;
            case 4:
                *(uint*)at = (uint)value;
                break;
            default:
                *(ulong*)at = value;
                break;
        }
    }

    private static PtxStep Load(PtxForm form)
    {
        form.Try("volatile");
        var space = form.OneOf("global", "shared", "local", "const", "param");
        if (space == "global")
            form.Try("nc");
        var count = form.Try("v4") ? 4 : form.Try("v2") ? 2 : 1;
        var type = form.Type(type => IsMemory(type) && type.Bits * count <= 128);
        var registers = form.WriteVector(type, count, widens: true);
        var (address, offset) = form.Address(space);
        var bytes = type.Bytes;
        return item =>
        {
            var at = item.Group.At(item, space, item.R[address] + (ulong)offset, bytes * count, PtxAccess.Read);
            for (var i = 0; i < registers.Length; i++)
                item.R[registers[i].Slot] = registers[i].Type.Truncate(type.Extend(Get(at + i * bytes, bytes)));
        };
    }

    private static PtxStep Store(PtxForm form)
    {
        form.Try("volatile");
        var space = form.OneOf("global", "shared", "local");
        var count = form.Try("v4") ? 4 : form.Try("v2") ? 2 : 1;
        var type = form.Type(type => IsMemory(type) && type.Bits * count <= 128);
        var (address, offset) = form.Address(space);
        var registers = form.ReadVector(type, count, widens: true);
        var bytes = type.Bytes;
        return item =>
        {
            var at = item.Group.At(item, space, item.R[address] + (ulong)offset, bytes * count, PtxAccess.Write);
            for (var i = 0; i < registers.Length; i++)
                Set(at + i * bytes, bytes, item.R[registers[i]]);
        };
    }

    private static bool IsMemory(PtxType type) => type.IsInteger || type is { IsFloat: true, Bits: >= 32 };
}
