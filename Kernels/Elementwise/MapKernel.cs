using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = f(x[i]). <paramref name="x"/> and <paramref name="y"/> may be the same memory.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="function">The function with its parameters.</param>
/// <param name="x">The argument, <c>[count]</c>.</param>
/// <param name="y">The result, <c>[count]</c>.</param>
/// <remarks>A value never depends on its position: what remains after whole lanes is padded and goes through the same lanes.</remarks>
public readonly unsafe struct MapKernel<TFunction, T>(TFunction function, ArrayView<T> x, ArrayView<T> y)
    : IKernel, IRangeBody, ILaneBody
    where TFunction : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly TFunction function = function;
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, MapKernel<TFunction, T>>(this, start, end);

    /// <inheritdoc/>
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var source = (TElement*)x.Pointer + start;
        var target = (TElement*)y.Pointer + start;
        var count = end - start;
        var rest = count % (2 * TLane.Count);
        Pairs<TLane, TElement>(function, source, target, count - rest);
        for (var i = count - rest; i < count; i += TLane.Count)
        {
            var argument = LaneTail.Load<TLane, TElement>(source + i, count - i, default);
            LaneTail.Store(function.Value(argument), target + i, count - i);
        }
    }

    // Not inlined: in a caller that is compiled again after a while, the polynomials would exceed the inlining budget and be calls.
    // Two lanes at a time keep the arithmetic units busy while a polynomial waits for its own steps.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pairs<TLane, TElement>(TFunction function, TElement* source, TElement* target, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (long i = 0; i < count; i += 2 * TLane.Count)
        {
            var first = function.Value(TLane.Load(source + i));
            var second = function.Value(TLane.Load(source + i + TLane.Count));
            first.Store(target + i);
            second.Store(target + i + TLane.Count);
        }
    }
}
