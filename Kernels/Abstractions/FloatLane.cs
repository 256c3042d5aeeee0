using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>One float32 scalar as a lane: an element on a GPU, or where the host has no vector registers.</summary>
/// <param name="Value">The number.</param>
/// <remarks>The functions are those of the vector registers, polynomial for polynomial, and give the same bits, on every device.</remarks>
public readonly record struct FloatLane(float Value) : IFloatVector<FloatLane>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe FloatLane Load(float* address) => new(*address);

    /// <inheritdoc/>
    public static FloatLane Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public unsafe void Store(float* address) => *address = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLane Create(double value) => new((float)value);

    /// <inheritdoc/>
    public static FloatLane operator +(FloatLane left, FloatLane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static FloatLane operator -(FloatLane left, FloatLane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static FloatLane operator *(FloatLane left, FloatLane right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static FloatLane operator /(FloatLane left, FloatLane right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static FloatLane operator -(FloatLane value) => new(-value.Value);

    /// <inheritdoc/>
    public static FloatLane WhereLess(FloatLane a, FloatLane b, FloatLane then, FloatLane otherwise) =>
        a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static FloatLane WhereLessOrEqual(FloatLane a, FloatLane b, FloatLane then, FloatLane otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static FloatLane WhereEqual(FloatLane a, FloatLane b, FloatLane then, FloatLane otherwise) =>
        a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static FloatLane Min(FloatLane a, FloatLane b) => new(MathF.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static FloatLane Max(FloatLane a, FloatLane b) => new(MathF.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static FloatLane Abs(FloatLane x) => new(MathF.Abs(x.Value));

    /// <inheritdoc/>
    public static FloatLane Floor(FloatLane x) => new(MathF.Floor(x.Value));

    /// <inheritdoc/>
    public static FloatLane Round(FloatLane x) => new(MathF.Round(x.Value, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static FloatLane Sqrt(FloatLane x) => new(MathF.Sqrt(x.Value));

    /// <inheritdoc/>
    public static FloatLane MultiplyAdd(FloatLane a, FloatLane b, FloatLane c) => new(MathF.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static FloatLane Exp(FloatLane x) => VectorMath.Exp(x);

    /// <inheritdoc/>
    public static FloatLane ExpM1(FloatLane x) => VectorMath.ExpM1(x);

    /// <inheritdoc/>
    public static FloatLane Log(FloatLane x) => VectorMath.Log(x);

    /// <inheritdoc/>
    public static FloatLane Log1P(FloatLane x) => VectorMath.Log1P(x);

    /// <inheritdoc/>
    public static FloatLane Tanh(FloatLane x) => VectorMath.Tanh(x);

    /// <inheritdoc/>
    public static FloatLane Erf(FloatLane x) => VectorMath.ErfWithoutTable(x);

    /// <inheritdoc/>
    public static FloatLane Pow(FloatLane x, FloatLane y) => VectorMath.Pow(x, y);

    /// <inheritdoc/>
    public static FloatLane Sin(FloatLane x) => new(DeviceMath.Sin(x.Value));

    /// <inheritdoc/>
    public static FloatLane Cos(FloatLane x) => new(DeviceMath.Cos(x.Value));

    /// <inheritdoc/>
    public static FloatLane FloorModulo(FloatLane a, FloatLane b) => new(ScalarMath.FloorModulo(a.Value, b.Value));

    /// <inheritdoc/>
    public static FloatLane ScaleByPowerOfTwo(FloatLane x, FloatLane n) => VectorMath.ScaleByPowerOfTwo(x, n);

    /// <inheritdoc/>
    public static FloatLane FromExponentBits(FloatLane bits) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(bits.Value) << 23));

    /// <inheritdoc/>
    public static FloatLane ToExponentBits(FloatLane x) => new(
        BitConverter.Int32BitsToSingle(((BitConverter.SingleToInt32Bits(x.Value) >> 23) & 0xFF) | VectorMath.ExponentBase));

    /// <inheritdoc/>
    public static FloatLane FromMantissaBits(FloatLane x) => new(
        BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(x.Value) & VectorMath.MantissaMask) | VectorMath.OneBits));

    /// <inheritdoc/>
    public static unsafe FloatLane Lookup(float* table, FloatLane bits) => new(table[BitConverter.SingleToInt32Bits(bits.Value) & 31]);

    /// <inheritdoc/>
    public static FloatLane Exponent(FloatLane x) => VectorMath.Exponent(x);

    /// <inheritdoc/>
    public static FloatLane Mantissa(FloatLane x) => VectorMath.Mantissa(x);

    /// <inheritdoc/>
    public static FloatLane Clamp(FloatLane x, FloatLane low, FloatLane high) => AtMost(low.Value > x.Value ? low : x, high);

    /// <inheritdoc/>
    public static FloatLane AtMost(FloatLane x, FloatLane high) => high.Value < x.Value ? high : x;

    /// <inheritdoc/>
    public static FloatLane CopySign(FloatLane magnitude, FloatLane sign) => new(MathF.CopySign(magnitude.Value, sign.Value));
}
