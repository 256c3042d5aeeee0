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
    : IKernel, IRangeBody, ILaneBody, IElementStep
    where TFunction : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly TFunction function = function;
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(x, y);

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, MapKernel<TFunction, T>>(y.Length, this);

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
        var rest = count % TLane.Count;
        Registers<TLane, TElement>(function, source, target, count - rest);
        if (rest > 0)
            Tail<TLane, TElement>(function, source + count - rest, target + count - rest, rest);
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        function.Value(TLane.Load((TElement*)x.Pointer + index)).Store((TElement*)y.Pointer + index);

    // Never inlined, here and in the other loops: a caller that takes in several loops has more variables than the JIT keeps in
    // registers, and their arithmetic turns into calls.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Registers<TLane, TElement>(TFunction function, TElement* source, TElement* target, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (long i = 0; i < count; i += TLane.Count)
            function.Value(TLane.Load(source + i)).Store(target + i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TLane, TElement>(TFunction function, TElement* source, TElement* target, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        LaneTail.Store(function.Value(LaneTail.Load<TLane, TElement>(source, count, default)), target, count);
}
