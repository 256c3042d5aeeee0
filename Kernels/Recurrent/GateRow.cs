using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>Functions of rows of a few hundred elements: the gates of one sample.</summary>
/// <remarks>
/// One function a loop, and no loop inlined: several polynomials in one method exceed the inlining budget of the JIT and become calls.
/// </remarks>
internal static unsafe class GateRow<TLane, TScalar, T>
    where TLane : struct, ILane<TLane, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    /// <summary>target[i] = f(a[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Map<TFunction>(T* a, T* target, long count)
        where TFunction : struct, IUnaryFunction
    {
        TFunction function = default;
        long i = 0;
        for (; i + TLane.Count <= count; i += TLane.Count)
            function.Value(TLane.Load(a + i)).Store(target + i);
        if (TLane.Count > 1 && i < count)
            LaneTail.Store(function.Value(LaneTail.Load<TLane, T>(a + i, count - i, default)), target + i, count - i);
    }

    /// <summary>target[i] = f(a[i] + b[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void MapSum<TFunction>(T* a, T* b, T* target, long count)
        where TFunction : struct, IUnaryFunction
    {
        TFunction function = default;
        long i = 0;
        for (; i + TLane.Count <= count; i += TLane.Count)
            function.Value(TLane.Load(a + i) + TLane.Load(b + i)).Store(target + i);
        if (TLane.Count > 1 && i < count)
        {
            var sum = LaneTail.Load<TLane, T>(a + i, count - i, default) + LaneTail.Load<TLane, T>(b + i, count - i, default);
            LaneTail.Store(function.Value(sum), target + i, count - i);
        }
    }

    /// <summary>Runs an arithmetic step over the elements 0 … <paramref name="count"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Each<TStep>(in TStep step, long count)
        where TStep : struct, IElementStep =>
        new ElementLoop<T, TStep>(step).Run<TLane, TScalar, T>(0, count);
}
