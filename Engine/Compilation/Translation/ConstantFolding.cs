using System.Numerics;

namespace GpuKeras.Compilation;

/// <summary>Arithmetic on constants, with .NET's meaning.</summary>
internal static class ConstantFolding
{
    /// <summary>The result of an operation; null where there is none at compile time, such as for a division by zero.</summary>
    public static Constant? Binary(Opcode opcode, Constant a, Constant b, bool unsigned)
    {
        var isStatic = a.IsStatic || b.IsStatic;
        return a.Type.Kind switch
        {
            IrKind.Int32 when unsigned =>
                Integer<uint>(opcode, (uint)a.Bits, (uint)b.Bits, b.Bits) is { } x ? Constant.Int32((int)x, isStatic) : null,
            IrKind.Int32 => Integer<int>(opcode, (int)a.Bits, (int)b.Bits, b.Bits) is { } x ? Constant.Int32(x, isStatic) : null,
            IrKind.Int64 when unsigned =>
                Integer<ulong>(opcode, (ulong)a.Bits, (ulong)b.Bits, b.Bits) is { } x ? Constant.Int64((long)x, isStatic) : null,
            IrKind.Int64 => Integer<long>(opcode, a.Bits, b.Bits, b.Bits) is { } x ? Constant.Int64(x, isStatic) : null,
            IrKind.Float32 => Floating<float>(opcode, (float)a.Number, (float)b.Number) is { } x ? Constant.Float32(x) : null,
            IrKind.Float64 => Floating<double>(opcode, a.Number, b.Number) is { } x ? Constant.Float64(x) : null,
            _ => null,
        };
    }

    /// <summary>Whether a relation holds.</summary>
    public static bool Compare(Comparison comparison, Constant a, Constant b, bool unsigned)
    {
        if (a.Type.IsFloat)
        {
            if (double.IsNaN(a.Number) || double.IsNaN(b.Number))
                return comparison == Comparison.NotEqual || unsigned && comparison != Comparison.Equal;
            return Holds(comparison, a.Number.CompareTo(b.Number), a.Number == b.Number);
        }
        // Sign-extended numbers keep their order as unsigned ones too.
        var order = unsigned ? ((ulong)a.Bits).CompareTo((ulong)b.Bits) : a.Bits.CompareTo(b.Bits);
        return Holds(comparison, order, order == 0);
    }

    /// <summary>A constant as another kind; null where it is left to the device.</summary>
    public static Constant? Convert(Constant a, IrKind to, bool unsigned)
    {
        if (a.Type.IsFloat)
            return FromFloating(a, to, unsigned);
        var value = unsigned && a.Type.Kind == IrKind.Int32 ? (uint)a.Bits : a.Bits;
        return to switch
        {
            IrKind.Int8 => Constant.Int32((sbyte)value, a.IsStatic),
            IrKind.UInt8 => Constant.Int32((byte)value, a.IsStatic),
            IrKind.Int16 => Constant.Int32((short)value, a.IsStatic),
            IrKind.UInt16 => Constant.Int32((ushort)value, a.IsStatic),
            IrKind.Int32 => Constant.Int32((int)value, a.IsStatic),
            IrKind.Int64 => Constant.Int64(value, a.IsStatic),
            IrKind.Float32 => Constant.Float32(unsigned ? (float)(ulong)value : value),
            IrKind.Float64 => Constant.Float64(unsigned ? (double)(ulong)value : value),
            _ => null,
        };
    }

    private static Constant? FromFloating(Constant a, IrKind to, bool unsigned) => (to, a.Number) switch
    {
        (IrKind.Float32, var x) => Constant.Float32((float)x),
        (IrKind.Float64, var x) => Constant.Float64(x),
        (IrKind.Int32, var x) => Constant.Int32(unsigned ? (int)uint.CreateSaturating(x) : int.CreateSaturating(x)),
        (IrKind.Int64, var x) => Constant.Int64(unsigned ? (long)ulong.CreateSaturating(x) : long.CreateSaturating(x)),
        _ => null,
    };

    private static bool Holds(Comparison comparison, int order, bool equal) => comparison switch
    {
        Comparison.Equal => equal,
        Comparison.NotEqual => !equal,
        Comparison.Less => order < 0 && !equal,
        Comparison.LessOrEqual => order < 0 || equal,
        Comparison.Greater => order > 0 && !equal,
        _ => order > 0 || equal,
    };

    private static T? Integer<T>(Opcode opcode, T a, T b, long shift)
        where T : struct, IBinaryInteger<T>
    {
        var bits = int.CreateTruncating(T.PopCount(T.AllBitsSet)) - 1;
        return opcode switch
        {
            Opcode.Add => unchecked(a + b),
            Opcode.Subtract => unchecked(a - b),
            Opcode.Multiply => unchecked(a * b),
            Opcode.Divide when !T.IsZero(b) && b != T.AllBitsSet => a / b,
            Opcode.Remainder when !T.IsZero(b) && b != T.AllBitsSet => a % b,
            Opcode.And => a & b,
            Opcode.Or => a | b,
            Opcode.Xor => a ^ b,
            Opcode.ShiftLeft => a << ((int)shift & bits),
            Opcode.ShiftRight => a >> ((int)shift & bits),
            _ => null,
        };
    }

    private static T? Floating<T>(Opcode opcode, T a, T b)
        where T : struct, IFloatingPoint<T> => opcode switch
        {
            Opcode.Add => a + b,
            Opcode.Subtract => a - b,
            Opcode.Multiply => a * b,
            Opcode.Divide => a / b,
            Opcode.Remainder => a % b,
            _ => null,
        };
}
