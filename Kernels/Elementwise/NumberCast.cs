using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>Conversions between number types by the rules of <see cref="CastKernel{TSource, TTarget}"/>, for device bodies.</summary>
internal static class NumberCast
{
    // The tests, here and below, are constants for the compiler: one conversion remains.
    /// <summary><paramref name="value"/> in another number type.</summary>
    public static TTarget Convert<TSource, TTarget>(TSource value)
        where TSource : unmanaged
        where TTarget : unmanaged
    {
        if (typeof(TSource) == typeof(float))
            return FromFloat<TTarget>(Unsafe.BitCast<TSource, float>(value));
        if (typeof(TSource) == typeof(double))
            return FromDouble<TTarget>(Unsafe.BitCast<TSource, double>(value));
        if (typeof(TSource) == typeof(int))
            return FromInt<TTarget>(Unsafe.BitCast<TSource, int>(value));
        if (typeof(TSource) == typeof(long))
            return FromLong<TTarget>(Unsafe.BitCast<TSource, long>(value));
        return FromInt<TTarget>(Unsafe.BitCast<TSource, byte>(value));
    }

    // From float32 and float64 C#'s conversion to int32 and int64 keeps to the range, and makes NaN 0.
    private static TTarget FromFloat<TTarget>(float value)
        where TTarget : unmanaged
    {
        if (typeof(TTarget) == typeof(float))
            return Unsafe.BitCast<float, TTarget>(value);
        if (typeof(TTarget) == typeof(double))
            return Unsafe.BitCast<double, TTarget>(value);
        if (typeof(TTarget) == typeof(int))
            return Unsafe.BitCast<int, TTarget>((int)value);
        if (typeof(TTarget) == typeof(long))
            return Unsafe.BitCast<long, TTarget>((long)value);
        return Unsafe.BitCast<byte, TTarget>(Saturate((int)value));
    }

    private static TTarget FromDouble<TTarget>(double value)
        where TTarget : unmanaged
    {
        if (typeof(TTarget) == typeof(float))
            return Unsafe.BitCast<float, TTarget>((float)value);
        if (typeof(TTarget) == typeof(double))
            return Unsafe.BitCast<double, TTarget>(value);
        if (typeof(TTarget) == typeof(int))
            return Unsafe.BitCast<int, TTarget>((int)value);
        if (typeof(TTarget) == typeof(long))
            return Unsafe.BitCast<long, TTarget>((long)value);
        return Unsafe.BitCast<byte, TTarget>(Saturate((int)value));
    }

    private static TTarget FromInt<TTarget>(int value)
        where TTarget : unmanaged
    {
        if (typeof(TTarget) == typeof(float))
            return Unsafe.BitCast<float, TTarget>(value);
        if (typeof(TTarget) == typeof(double))
            return Unsafe.BitCast<double, TTarget>(value);
        if (typeof(TTarget) == typeof(int))
            return Unsafe.BitCast<int, TTarget>(value);
        if (typeof(TTarget) == typeof(long))
            return Unsafe.BitCast<long, TTarget>(value);
        return Unsafe.BitCast<byte, TTarget>((byte)value);
    }

    private static TTarget FromLong<TTarget>(long value)
        where TTarget : unmanaged
    {
        if (typeof(TTarget) == typeof(float))
            return Unsafe.BitCast<float, TTarget>(value);
        if (typeof(TTarget) == typeof(double))
            return Unsafe.BitCast<double, TTarget>(value);
        if (typeof(TTarget) == typeof(int))
            return Unsafe.BitCast<int, TTarget>((int)value);
        if (typeof(TTarget) == typeof(long))
            return Unsafe.BitCast<long, TTarget>(value);
        return Unsafe.BitCast<byte, TTarget>((byte)value);
    }

    private static byte Saturate(int value) => (byte)Math.Min(Math.Max(value, 0), byte.MaxValue);
}
