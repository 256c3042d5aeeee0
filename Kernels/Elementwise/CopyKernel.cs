namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = x[i], of the same element type.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly unsafe struct CopyKernel<T>(ArrayView<T> x, ArrayView<T> y) : IKernel, IRangeBody, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "copy";

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(x, y);

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, CopyKernel<T>>(y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => x.SubView(start, end - start).Span.CopyTo(y.SubView(start, end - start).Span);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => TLane.Load((TElement*)x.Pointer + index).Store((TElement*)y.Pointer + index);
}
