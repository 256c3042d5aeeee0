namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = x[i], of the same element type.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct CopyKernel<T>(ArrayView<T> x, ArrayView<T> y) : IKernel, IRangeBody
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "copy";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.Launch(y.Length, Element, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => x.SubView(start, end - start).Span.CopyTo(y.SubView(start, end - start).Span);

    private static void Element(Index1D i, CopyKernel<T> kernel) => kernel.y[i] = kernel.x[i];
}
