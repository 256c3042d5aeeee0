using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels;

/// <summary>8 float32 scalars in one 256-bit register.</summary>
/// <param name="value">The register.</param>
public readonly struct FloatVector256(Vector256<float> value) : IFloatVector<FloatVector256>
{
    private readonly Vector256<float> value = value;

    /// <summary>The register.</summary>
    public Vector256<float> Value => value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FloatVector256 Load(float* address) => new(Vector256.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* address) => Vector256.Store(value, address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Create(double value) => new(Vector256.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator +(FloatVector256 left, FloatVector256 right) => new(left.value + right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator -(FloatVector256 left, FloatVector256 right) => new(left.value - right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator *(FloatVector256 left, FloatVector256 right) => new(left.value * right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator /(FloatVector256 left, FloatVector256 right) => new(left.value / right.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 operator -(FloatVector256 value) => new(-value.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 WhereLess(FloatVector256 a, FloatVector256 b, FloatVector256 then, FloatVector256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 WhereLessOrEqual(FloatVector256 a, FloatVector256 b, FloatVector256 then, FloatVector256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 WhereEqual(FloatVector256 a, FloatVector256 b, FloatVector256 then, FloatVector256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(a.value, b.value), then.value, otherwise.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Min(FloatVector256 a, FloatVector256 b) => new(Vector256.Min(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Max(FloatVector256 a, FloatVector256 b) => new(Vector256.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Abs(FloatVector256 x) => new(Vector256.Abs(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Floor(FloatVector256 x) => new(Vector256.Floor(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Round(FloatVector256 x) => new(Vector256.Round(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Sqrt(FloatVector256 x) => new(Vector256.Sqrt(x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 MultiplyAdd(FloatVector256 a, FloatVector256 b, FloatVector256 c) =>
        new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Exp(FloatVector256 x) => VectorMath.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 ExpM1(FloatVector256 x) => VectorMath.ExpM1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Log(FloatVector256 x) => VectorMath.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Log1P(FloatVector256 x) => VectorMath.Log1P(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Tanh(FloatVector256 x) => VectorMath.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Erf(FloatVector256 x) => VectorMath.Erf(x);

    /// <inheritdoc/>
    public static FloatVector256 Pow(FloatVector256 x, FloatVector256 y) => VectorMath.Pow(x, y);

    /// <inheritdoc/>
    public static FloatVector256 Sin(FloatVector256 x) => new(Vector256.Sin(x.value));

    /// <inheritdoc/>
    public static FloatVector256 Cos(FloatVector256 x) => new(Vector256.Cos(x.value));

    /// <inheritdoc/>
    public static FloatVector256 FloorModulo(FloatVector256 a, FloatVector256 b) => VectorMath.FloorModulo(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 ScaleByPowerOfTwo(FloatVector256 x, FloatVector256 n) => VectorMath.ScaleByPowerOfTwo(x, n);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 FromExponentBits(FloatVector256 bits) => new((bits.value.AsInt32() << 23).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 ToExponentBits(FloatVector256 x) =>
        new((((x.value.AsInt32() >> 23) & Vector256.Create(0xFF)) | Vector256.Create(VectorMath.ExponentBase)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 FromMantissaBits(FloatVector256 x) =>
        new(((x.value.AsInt32() & Vector256.Create(VectorMath.MantissaMask)) | Vector256.Create(VectorMath.OneBits)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe FloatVector256 Lookup(float* table, FloatVector256 bits)
    {
        if (Avx2.IsSupported)
        {
            // Eight entries at a time by the lowest three bits; the next two choose among the four, each moved to the sign.
            var indices = bits.value.AsInt32();
            var bit3 = (indices << 28).AsSingle();
            var bit4 = (indices << 27).AsSingle();
            var low = Avx.BlendVariable(Eight(table), Eight(table + 8), bit3);
            var high = Avx.BlendVariable(Eight(table + 16), Eight(table + 24), bit3);
            return new(Avx.BlendVariable(low, high, bit4));

            Vector256<float> Eight(float* entries) => Avx2.PermuteVar8x32(Vector256.LoadAligned(entries), indices);
        }
        return new(Vector256.Create(
            FloatVector128.Lookup(table, new(bits.value.GetLower())).Value, FloatVector128.Lookup(table, new(bits.value.GetUpper())).Value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Exponent(FloatVector256 x) => VectorMath.Exponent(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Mantissa(FloatVector256 x) => VectorMath.Mantissa(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 Clamp(FloatVector256 x, FloatVector256 low, FloatVector256 high) =>
        new(Vector256.MinNative(high.value, Vector256.MaxNative(low.value, x.value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 AtMost(FloatVector256 x, FloatVector256 high) => new(Vector256.MinNative(high.value, x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatVector256 CopySign(FloatVector256 magnitude, FloatVector256 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign.value, magnitude.value));
}
