using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>The inner loop of binary elementwise kernels: contiguous or repeated operands, contiguous result.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <typeparam name="TLane">The lane to compute with.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
internal static unsafe class ZipLoop<TFunction, TLane, TElement>
    where TFunction : struct, IBinaryFunction
    where TLane : struct, ILane<TLane, TElement>
    where TElement : unmanaged
{
    /// <summary>y[i] = f(a[i], b[i]); a repeated operand is one value.</summary>
    public static void Run(TFunction function, TElement* a, bool repeatA, TElement* b, bool repeatB, TElement* y, long count)
    {
        var rest = count % TLane.Count;
        var whole = count - rest;
        if (whole > 0)
            Choose(function, a, repeatA, b, repeatB, y, whole);
        if (rest > 0)
            Tail(function, repeatA ? a : a + whole, repeatA, repeatB ? b : b + whole, repeatB, y + whole, rest);
    }

    // Never inlined, as the loops below: see MapKernel.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail(TFunction function, TElement* a, bool repeatA, TElement* b, bool repeatB, TElement* y, long count)
    {
        var first = repeatA ? TLane.Broadcast(*a) : LaneTail.Load<TLane, TElement>(a, count, default);
        var second = repeatB ? TLane.Broadcast(*b) : LaneTail.Load<TLane, TElement>(b, count, default);
        LaneTail.Store(function.Value(first, second), y, count);
    }

    private static void Choose(TFunction function, TElement* a, bool repeatA, TElement* b, bool repeatB, TElement* y, long count)
    {
        if (repeatA)
            RepeatedWithContiguous(function, TLane.Broadcast(*a), b, y, count);
        else if (repeatB)
            ContiguousWithRepeated(function, a, TLane.Broadcast(*b), y, count);
        else
            Contiguous(function, a, b, y, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Contiguous(TFunction function, TElement* a, TElement* b, TElement* y, long count)
    {
        for (long i = 0; i < count; i += TLane.Count)
            function.Value(TLane.Load(a + i), TLane.Load(b + i)).Store(y + i);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ContiguousWithRepeated(TFunction function, TElement* a, TLane b, TElement* y, long count)
    {
        for (long i = 0; i < count; i += TLane.Count)
            function.Value(TLane.Load(a + i), b).Store(y + i);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RepeatedWithContiguous(TFunction function, TLane a, TElement* b, TElement* y, long count)
    {
        for (long i = 0; i < count; i += TLane.Count)
            function.Value(a, TLane.Load(b + i)).Store(y + i);
    }
}
