namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = f(x[i]), where f gives 1 for true and 0 for false; y is bool, one byte each.</summary>
/// <typeparam name="TFunction">The predicate.</typeparam>
/// <typeparam name="T">The argument's element type.</typeparam>
/// <param name="function">The predicate.</param>
/// <param name="x">The argument, <c>[count]</c>.</param>
/// <param name="y">The result, <c>[count]</c>: 0 or 1.</param>
public readonly unsafe struct PredicateKernel<TFunction, T>(TFunction function, ArrayView<T> x, ArrayView<byte> y)
    : IKernel, IRangeBody, IElementStep
    where TFunction : struct, IUnaryFunction
    where T : unmanaged
{
    private const int ChunkElements = 512;

    private readonly TFunction function = function;
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<byte> y = y;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, PredicateKernel<TFunction, T>>(y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        var buffer = stackalloc T[ChunkElements];
        for (var i = start; i < end; i += ChunkElements)
        {
            var count = (int)Math.Min(end - i, ChunkElements);
            var results = HostMemory.View(buffer, count);
            new MapKernel<TFunction, T>(function, x.SubView(i, count), results).Run(0, count);
            BoolBytes.FromNonZero(buffer, y.Pointer + i, count);
        }
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        y[index] = BoolBytes.FromNonZero(function.Value(TLane.Load((TElement*)x.Pointer + index)));
}
