using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Linear;

/// <summary>A scalar in memory to all lanes of a register.</summary>
internal static unsafe class LaneBroadcast
{
    /// <summary>The scalar at <paramref name="address"/> in every lane.</summary>
    /// <remarks>
    /// The same as <c>TLane.Broadcast(*address)</c>, from which the JIT makes a scalar load and a shuffle. A shuffle takes a slot
    /// of the multipliers; a load that broadcasts does not.
    /// </remarks>
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
}
