using System.Globalization;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A type of PTX, such as <c>.s32</c>.</summary>
public readonly record struct PtxType(PtxKind Kind, int Bits)
{
    public static readonly PtxType Predicate = new(PtxKind.Predicate, 1);
    public static readonly PtxType B32 = new(PtxKind.Bits, 32);
    public static readonly PtxType B64 = new(PtxKind.Bits, 64);
    public static readonly PtxType U32 = new(PtxKind.Unsigned, 32);
    public static readonly PtxType TensorFloat = new(PtxKind.TensorFloat, 32);
    public static readonly PtxType BFloatPair = new(PtxKind.BFloatPair, 32);
    public static readonly PtxType F32 = new(PtxKind.Float, 32);

    public int Bytes => Bits / 8;

    public bool IsFloat => Kind == PtxKind.Float;

    /// <summary>Whether registers and memory can be declared with it; the others are views of bits.</summary>
    public bool IsDeclared => Kind is not (PtxKind.TensorFloat or PtxKind.BFloatPair);

    public bool IsInteger => Kind is PtxKind.Bits or PtxKind.Unsigned or PtxKind.Signed;

    /// <summary>The type of a name without its dot, or null.</summary>
    public static PtxType? Parse(string name)
    {
        if (name is "pred")
            return Predicate;
        if (name is "tf32" or "bf16x2")
            return name == "tf32" ? TensorFloat : BFloatPair;
        PtxKind? kind = name[0] switch
        {
            'b' => PtxKind.Bits,
            'u' => PtxKind.Unsigned,
            's' => PtxKind.Signed,
            'f' => PtxKind.Float,
            _ => null,
        };
        if (kind is null || !int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
            return null;
        var known = bits is 16 or 32 or 64 || bits == 8 && kind != PtxKind.Float;
        return known ? new(kind.Value, bits) : null;
    }

    /// <summary>Whether a register of another type may stand where an instruction says this one: bits fit all of their size.</summary>
    public bool Agrees(PtxType register)
    {
        if (Bits != register.Bits)
            return false;
        if (Kind is PtxKind.TensorFloat or PtxKind.BFloatPair)
            return register.Kind == PtxKind.Bits;
        if (Kind == PtxKind.Predicate || register.Kind == PtxKind.Predicate)
            return Kind == register.Kind;
        return Kind == PtxKind.Bits || register.Kind == PtxKind.Bits || IsFloat == register.IsFloat;
    }

    /// <summary>Whether a register can be an operand where an instruction says this type.</summary>
    /// <param name="register">The register's type.</param>
    /// <param name="widens">Whether an integer register may be wider (<c>ld</c>, <c>st</c>, <c>cvt</c>).</param>
    public bool Takes(PtxType register, bool widens) =>
        Agrees(register) || widens && IsInteger && register.IsInteger && register.Bits > Bits;

    /// <summary>The low bits of a value, extended to 64 bits by this type's sign.</summary>
    public ulong Extend(ulong value) => (Kind, Bits) switch
    {
        (PtxKind.Signed, 8) => (ulong)(sbyte)value,
        (PtxKind.Signed, 16) => (ulong)(short)value,
        (PtxKind.Signed, 32) => (ulong)(int)value,
        _ => Truncate(value),
    };

    /// <summary>The low bits of a value.</summary>
    public ulong Truncate(ulong value) => Bits switch
    {
        1 => value & 1,
        8 => (byte)value,
        16 => (ushort)value,
        32 => (uint)value,
        _ => value,
    };

    public override string ToString() => Kind switch
    {
        PtxKind.Predicate => ".pred",
        PtxKind.TensorFloat => ".tf32",
        PtxKind.BFloatPair => ".bf16x2",
        _ => $".{char.ToLowerInvariant(Kind.ToString()[0])}{Bits}",
    };
}
