using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Linear;

/// <summary>A scalar in memory to all lanes of a register, in the forms that keep the shuffle units idle.</summary>
/// <remarks>
/// From <c>TLane.Broadcast(*address)</c> the JIT makes a scalar load and a shuffle, which takes a slot of the multipliers; a load
/// that broadcasts does not. It sees one only where the vector types are named, and the second form only where nothing is
/// evaluated between the load and the multiplication.
/// </remarks>
internal static unsafe class LaneBroadcast
{
    /// <summary>The scalar at <paramref name="address"/> in every lane, for several uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane, T>(T* address)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged
    {
        if (typeof(TLane) == typeof(FloatVector512))
            return Unsafe.BitCast<Vector512<float>, TLane>(Vector512.Create(*(float*)address));
        if (typeof(TLane) == typeof(FloatVector256))
            return Unsafe.BitCast<Vector256<float>, TLane>(Vector256.Create(*(float*)address));
        if (typeof(TLane) == typeof(FloatVector128))
            return Unsafe.BitCast<Vector128<float>, TLane>(Vector128.Create(*(float*)address));
        return TLane.Broadcast(*address);
    }

    /// <summary>factor · x + addend, with AVX-512 in one instruction that reads the factor from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane MultiplyAdd<TLane, T>(T* factor, TLane x, TLane addend)
        where TLane : struct, ILane<TLane, T>
        where T : unmanaged
    {
        if (typeof(TLane) == typeof(FloatVector512))
        {
            var (vector, sum) = (Unsafe.BitCast<TLane, Vector512<float>>(x), Unsafe.BitCast<TLane, Vector512<float>>(addend));
            sum = Vector512.FusedMultiplyAdd(vector, Vector512.Create(*(float*)factor), sum);
            return Unsafe.BitCast<Vector512<float>, TLane>(sum);
        }
        return TLane.MultiplyAdd(Load<TLane, T>(factor), x, addend);
    }
}
