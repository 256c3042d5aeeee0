using System.Globalization;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The layout of an item's register file: declared registers, the special ones that are read, and constants.</summary>
public sealed class PtxSlots
{
    /// <summary>The special registers, in the order in which <see cref="PtxItem"/> fills them.</summary>
    public static readonly string[] Special =
    [
        "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z",
        "%nctaid.x", "%nctaid.y", "%nctaid.z", "%laneid", "%warpid",
    ];

    private readonly Dictionary<string, (int Slot, PtxType Type)> registers = [];
    private readonly Dictionary<(string Text, PtxType Type), int> constants = [];
    private readonly List<ulong> initial = [];

    /// <summary>Lays out the special registers and then the declared ones, which start with garbage.</summary>
    public PtxSlots(Dictionary<string, PtxType> declared)
    {
        foreach (var name in Special)
            registers[name] = (Add(0), PtxType.U32);
        var random = new Random(7);
        foreach (var (name, type) in declared)
        {
            if (registers.ContainsKey(name))
                throw new PtxException($"register {name}: this is a special register");
            registers[name] = (Add(type.Truncate((ulong)random.NextInt64() | 0x7F80_0000_7F80_0001)), type);
        }
    }

    /// <summary>What an item's register file holds at first.</summary>
    public ulong[] Initial => [.. initial];

    /// <summary>The slot and type of a register.</summary>
    public (int Slot, PtxType Type) Register(string name) =>
        registers.TryGetValue(name, out var register) ? register : throw new PtxException($"register {name} is not declared");

    /// <summary>A slot that holds a constant.</summary>
    public int Constant(string text, PtxType type)
    {
        if (constants.TryGetValue((text, type), out var slot))
            return slot;
        if (!TryConstant(text, type, out var value))
            throw new PtxException($"operand {text}: must be a register or a constant of type {type}");
        return constants[(text, type)] = Add(value);
    }

    /// <summary>A slot that holds the address of a variable.</summary>
    public int Address(PtxVariable variable) => Add((ulong)variable.Address);

    /// <summary>Whether a name stands for a special register.</summary>
    public static bool IsSpecial(string name) => Special.Contains(name);

    /// <summary>The bits of a constant: <c>0f</c> and <c>0d</c> with hexadecimal digits for floats, decimal numbers for integers.</summary>
    public static bool TryConstant(string text, PtxType type, out ulong value)
    {
        value = 0;
        if (type.IsFloat)
        {
            return text.Length == 2 + type.Bits / 4 && text.StartsWith(type.Bits == 64 ? "0d" : "0f", StringComparison.Ordinal)
                && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }
        if (!type.IsInteger)
            return false;
        Int128 number;
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            if (!ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
                return false;
            number = bits;
        }
        else if (!Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }
        if (number < -(Int128.One << (type.Bits - 1)) || number >= Int128.One << type.Bits)
            return false;
        value = type.Truncate((ulong)(number & ulong.MaxValue));
        return true;
    }

    private int Add(ulong value)
    {
        initial.Add(value);
        return initial.Count - 1;
    }
}
