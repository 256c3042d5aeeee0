using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>Conversion of numbers to bool bytes: 0 where a number is zero, else 1 (also for NaN).</summary>
internal static unsafe class BoolBytes
{
    /// <summary>target[i] = source[i] ≠ 0.</summary>
    public static void FromNonZero<T>(T* source, byte* target, long count)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            FromFloats((float*)source, target, count);
        else if (typeof(T) == typeof(double))
            FromScalars((double*)source, target, count);
        else if (typeof(T) == typeof(int))
            FromScalars((int*)source, target, count);
        else if (typeof(T) == typeof(long))
            FromScalars((long*)source, target, count);
        else if (typeof(T) == typeof(byte))
            FromScalars((byte*)source, target, count);
        else
            throw new NotSupportedException($"Conversion to bool: no rule for elements of type {typeof(T).Name}.");
    }

    /// <summary>Whether the number of a scalar lane is not 0. For device bodies, where every lane is a scalar.</summary>
    public static byte FromNonZero<TLane>(TLane lane)
        where TLane : struct, ILane<TLane>
    {
        bool isNonZero;
        if (typeof(TLane) == typeof(FloatLane))
            isNonZero = Unsafe.BitCast<TLane, FloatLane>(lane).Value != 0;
        else if (typeof(TLane) == typeof(DoubleLane))
            isNonZero = Unsafe.BitCast<TLane, DoubleLane>(lane).Value != 0;
        else if (typeof(TLane) == typeof(Int32Lane))
            isNonZero = Unsafe.BitCast<TLane, Int32Lane>(lane).Value != 0;
        else if (typeof(TLane) == typeof(Int64Lane))
            isNonZero = Unsafe.BitCast<TLane, Int64Lane>(lane).Value != 0;
        else
            isNonZero = Unsafe.BitCast<TLane, ByteLane>(lane).Value != 0;
        return isNonZero ? (byte)1 : (byte)0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromFloats(float* source, byte* target, long count)
    {
        long i = 0;
        for (; Vector128.IsHardwareAccelerated && i + 16 <= count; i += 16)
        {
            var low = Vector128.Narrow(IsZero(source + i), IsZero(source + i + 4));
            var high = Vector128.Narrow(IsZero(source + i + 8), IsZero(source + i + 12));
            (Vector128.Narrow(low, high).AsByte() + Vector128<byte>.One).Store(target + i);
        }
        FromScalars(source + i, target + i, count - i);
    }

    // All bits set, that is −1, where a number is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> IsZero(float* source) => Vector128.Equals(Vector128.Load(source), Vector128<float>.Zero).AsInt32();

    private static void FromScalars<T>(T* source, byte* target, long count)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        for (long i = 0; i < count; i++)
            target[i] = T.IsZero(source[i]) ? (byte)0 : (byte)1;
    }
}
