using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Linear;

/// <summary>The sum of a register's lanes.</summary>
internal static unsafe class LaneSum
{
    /// <summary>The lanes added pairwise, in an order that depends on the width only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<TLane, TScalar, T>(TLane lanes)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged
    {
        if (typeof(TLane) == typeof(FloatVector512))
            return Unsafe.BitCast<float, T>(Vector512.Sum(Unsafe.BitCast<TLane, Vector512<float>>(lanes)));
        if (typeof(TLane) == typeof(FloatVector256))
            return Unsafe.BitCast<float, T>(Vector256.Sum(Unsafe.BitCast<TLane, Vector256<float>>(lanes)));
        if (typeof(TLane) == typeof(FloatVector128))
            return Unsafe.BitCast<float, T>(Vector128.Sum(Unsafe.BitCast<TLane, Vector128<float>>(lanes)));
        var elements = stackalloc T[TLane.Count];
        lanes.Store(elements);
        var sum = TScalar.Load(elements);
        for (var i = 1; i < TLane.Count; i++)
            sum += TScalar.Load(elements + i);
        sum.Store(elements);
        return *elements;
    }
}
