namespace GpuKeras.Kernels.Indexing;

/// <summary>
/// Copies elements between two strided layouts: transpose, slice, flip, broadcast, tile, concat, pad and their gradients.
/// </summary>
/// <typeparam name="T">The element type; only its size matters.</typeparam>
/// <remarks>
/// For every index: target[targetOffset + Σ index·targetStride] = source[sourceOffset + Σ index·sourceStride]. Strides count
/// elements; a negative one runs backwards, a source stride of 0 repeats. The target must not be written twice at one place.
/// </remarks>
public readonly unsafe struct StridedCopyKernel<T>(
    ArrayView<T> source,
    ArrayView<T> target,
    Extents sizes,
    Extents sourceStrides,
    Extents targetStrides,
    long sourceOffset,
    long targetOffset) : IKernel
    where T : unmanaged
{
    private readonly ArrayView<T> source = source;
    private readonly ArrayView<T> target = target;
    private readonly Extents sizes = sizes;
    private readonly Extents sourceStrides = sourceStrides;
    private readonly Extents targetStrides = targetStrides;

    /// <inheritdoc/>
    public static string Name => "strided_copy";

    /// <inheritdoc/>
    public void RunHost()
    {
        foreach (var size in sizes.Span)
        {
            if (size == 0)
                return;
        }
        var layout = StridedLayout.Simplify(sizes, sourceStrides, targetStrides);
        new StridedCopyBody<T>(source.Pointer + sourceOffset, target.Pointer + targetOffset, layout).Run();
    }
}
