using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>dx[i] = dy[i] · f′(x[i]), given y = f(x). <paramref name="dx"/> may be the memory of any argument.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="function">The function with its parameters.</param>
/// <param name="x">The function's argument, <c>[count]</c>.</param>
/// <param name="y">The function's result, <c>[count]</c>.</param>
/// <param name="dy">The gradient with respect to the result, <c>[count]</c>.</param>
/// <param name="dx">The gradient with respect to the argument, <c>[count]</c>.</param>
public readonly unsafe struct MapGradientKernel<TFunction, T>(
    TFunction function, ArrayView<T> x, ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx)
    : IKernel, IRangeBody, ILaneBody, IElementStep
    where TFunction : struct, IDifferentiableFunction
    where T : unmanaged
{
    private readonly TFunction function = function;
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;

    /// <inheritdoc/>
    public static string Name { get; } = TFunction.Name + "_gradient";

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(x, y, dy, dx);

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(dx.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, MapGradientKernel<TFunction, T>>(dx.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, MapGradientKernel<TFunction, T>>(this, start, end);

    /// <inheritdoc/>
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var argument = (TElement*)x.Pointer + start;
        var value = (TElement*)y.Pointer + start;
        var upstream = (TElement*)dy.Pointer + start;
        var target = (TElement*)dx.Pointer + start;
        var count = end - start;
        var rest = count % TLane.Count;
        var whole = count - rest;
        Registers<TLane, TElement>(function, argument, value, upstream, target, whole);
        if (rest > 0)
            Tail<TLane, TElement>(function, argument + whole, value + whole, upstream + whole, target + whole, rest);
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var derivative = function.Derivative(TLane.Load((TElement*)x.Pointer + index), TLane.Load((TElement*)y.Pointer + index));
        (TLane.Load((TElement*)dy.Pointer + index) * derivative).Store((TElement*)dx.Pointer + index);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Registers<TLane, TElement>(
        TFunction function, TElement* argument, TElement* value, TElement* upstream, TElement* target, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (long i = 0; i < count; i += TLane.Count)
        {
            var derivative = function.Derivative(TLane.Load(argument + i), TLane.Load(value + i));
            (TLane.Load(upstream + i) * derivative).Store(target + i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TLane, TElement>(
        TFunction function, TElement* argument, TElement* value, TElement* upstream, TElement* target, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var x = LaneTail.Load<TLane, TElement>(argument, count, default);
        var y = LaneTail.Load<TLane, TElement>(value, count, default);
        var dy = LaneTail.Load<TLane, TElement>(upstream, count, default);
        LaneTail.Store(dy * function.Derivative(x, y), target, count);
    }
}
