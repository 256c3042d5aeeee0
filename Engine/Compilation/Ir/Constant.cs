using System.Globalization;

namespace GpuKeras.Compilation;

/// <summary>A number known at compile time.</summary>
/// <param name="type">Int32, Int64, Float32, Float64, or a pointer (null).</param>
/// <param name="bits">Its bits, sign-extended from 32 for Int32; for Float32 those of the float.</param>
/// <param name="isStatic">Whether it came from <see cref="GpuKeras.Kernels.Unroll.From"/>, so that loops over it are written out.</param>
internal sealed class Constant(IrType type, long bits, bool isStatic = false) : Value(type)
{
    /// <summary>Its bits, sign-extended from 32 for Int32; for Float32 those of the float.</summary>
    public long Bits { get; } = bits;

    /// <summary>Whether it came from <see cref="GpuKeras.Kernels.Unroll.From"/>.</summary>
    public bool IsStatic { get; } = isStatic;

    /// <summary>The number of a floating-point constant.</summary>
    public double Number => Type.Kind == IrKind.Float32
        ? BitConverter.Int32BitsToSingle((int)Bits)
        : BitConverter.Int64BitsToDouble(Bits);

    public static Constant Int32(long value, bool isStatic = false) => new(IrType.Int32, (int)value, isStatic);

    public static Constant Int64(long value, bool isStatic = false) => new(IrType.Int64, value, isStatic);

    public static Constant Float32(float value) => new(IrType.Float32, BitConverter.SingleToInt32Bits(value));

    public static Constant Float64(double value) => new(IrType.Float64, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Zero, or a null pointer, of a register type.</summary>
    public static Constant Zero(IrType type) => new(type, 0);

    /// <summary>Whether two constants are the same, bit for bit.</summary>
    public bool IsSame(Constant other) => Type == other.Type && Bits == other.Bits && IsStatic == other.IsStatic;

    /// <inheritdoc/>
    public override string ToString() => Type.IsFloat
        ? Number.ToString("R", CultureInfo.InvariantCulture)
        : Bits.ToString(CultureInfo.InvariantCulture);
}
