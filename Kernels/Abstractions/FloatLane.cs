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
    public static FloatLane Erf(FloatLane x) => new(DeviceMath.Erf(x.Value));

    /// <inheritdoc/>
    public static FloatLane Pow(FloatLane x, FloatLane y) => VectorMath.Pow(x, y);

    /// <inheritdoc/>
    public static FloatLane Sin(FloatLane x) => new(DeviceMath.Sin(x.Value));

    /// <inheritdoc/>
    public static FloatLane Cos(FloatLane x) => new(DeviceMath.Cos(x.Value));

    /// <inheritdoc/>
    public static FloatLane FloorModulo(FloatLane a, FloatLane b) => new(ScalarMath.FloorModulo(a.Value, b.Value));

    /// <inheritdoc/>
    public static FloatLane ScaleByPowerOfTwo(FloatLane x, FloatLane n)
    {
        // Two steps, because 2ⁿ itself may lie outside the normal range although x · 2ⁿ does not.
        var exponent = (int)n.Value;
        var half = exponent >> 1;
        return new(x.Value * BitConverter.Int32BitsToSingle((half + 127) << 23)
            * BitConverter.Int32BitsToSingle((exponent - half + 127) << 23));
    }

    /// <inheritdoc/>
    public static FloatLane FromExponentBits(FloatLane bits) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(bits.Value) << 23));

    /// <inheritdoc/>
    public static unsafe FloatLane Lookup(float* table, FloatLane bits) => new(table[BitConverter.SingleToInt32Bits(bits.Value) & 31]);

    /// <inheritdoc/>
    public static FloatLane Exponent(FloatLane x)
    {
        // Subnormals are scaled into the normal range first.
        var subnormal = MathF.Abs(x.Value) < 1.17549435e-38f;
        var normal = subnormal ? x.Value * 16777216f : x.Value;
        var biased = (BitConverter.SingleToInt32Bits(normal) >> 23) & 0xFF;
        return new((float)(biased - (subnormal ? 127 + 24 : 127)));
    }

    /// <inheritdoc/>
    public static FloatLane Clamp(FloatLane x, FloatLane low, FloatLane high) => AtMost(low.Value > x.Value ? low : x, high);

    /// <inheritdoc/>
    public static FloatLane AtMost(FloatLane x, FloatLane high) => high.Value < x.Value ? high : x;

    /// <inheritdoc/>
    public static FloatLane CopySign(FloatLane magnitude, FloatLane sign) => new(MathF.CopySign(magnitude.Value, sign.Value));
}
