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
        var rest = count % (2 * TLane.Count);
        var whole = count - rest;
        if (whole > 0)
            Choose(function, a, repeatA, b, repeatB, y, whole);
        for (var i = whole; i < count; i += TLane.Count)
        {
            var first = repeatA ? TLane.Broadcast(*a) : LaneTail.Load<TLane, TElement>(a + i, count - i, default);
            var second = repeatB ? TLane.Broadcast(*b) : LaneTail.Load<TLane, TElement>(b + i, count - i, default);
            LaneTail.Store(function.Value(first, second), y + i, count - i);
        }
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Contiguous(TFunction function, TElement* a, TElement* b, TElement* y, long count)
    {
        for (long i = 0; i < count; i += 2 * TLane.Count)
        {
            var first = function.Value(TLane.Load(a + i), TLane.Load(b + i));
            var second = function.Value(TLane.Load(a + i + TLane.Count), TLane.Load(b + i + TLane.Count));
            first.Store(y + i);
            second.Store(y + i + TLane.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ContiguousWithRepeated(TFunction function, TElement* a, TLane b, TElement* y, long count)
    {
        for (long i = 0; i < count; i += 2 * TLane.Count)
        {
            var first = function.Value(TLane.Load(a + i), b);
            var second = function.Value(TLane.Load(a + i + TLane.Count), b);
            first.Store(y + i);
            second.Store(y + i + TLane.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RepeatedWithContiguous(TFunction function, TLane a, TElement* b, TElement* y, long count)
    {
        for (long i = 0; i < count; i += 2 * TLane.Count)
        {
            var first = function.Value(a, TLane.Load(b + i));
            var second = function.Value(a, TLane.Load(b + i + TLane.Count));
            first.Store(y + i);
            second.Store(y + i + TLane.Count);
        }
    }
}
