namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = x[i] ≠ 0: the cast to bool. NaN is true.</summary>
/// <typeparam name="T">The argument's element type.</typeparam>
/// <param name="x">The argument, <c>[count]</c>.</param>
/// <param name="y">The result, <c>[count]</c>: 0 or 1.</param>
public readonly unsafe struct NonZeroKernel<T>(ArrayView<T> x, ArrayView<byte> y) : IKernel, IRangeBody, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<byte> y = y;

    /// <inheritdoc/>
    public static string Name => "non_zero";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, NonZeroKernel<T>>(y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => BoolBytes.FromNonZero(x.Pointer + start, y.Pointer + start, end - start);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => y[index] = BoolBytes.FromNonZero(TLane.Load((TElement*)x.Pointer + index));
}
