namespace GpuKeras.Kernels.Indexing;

/// <summary>y[i] = value.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct FillKernel<T>(ArrayView<T> y, T value) : IKernel, IRangeBody
    where T : unmanaged
{
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "fill";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void Run(long start, long end) => y.SubView(start, end - start).Span.Fill(value);
}
