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

    private bool IsEmpty
    {
        get
        {
            for (var axis = 0; axis < sizes.Rank; axis++)
            {
                if (sizes[axis] == 0)
                    return true;
            }
            return false;
        }
    }

    /// <inheritdoc/>
    public void RunHost()
    {
        if (!IsEmpty)
            new StridedCopyBody<T>(source.Pointer + sourceOffset, target.Pointer + targetOffset, Layout()).Run();
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (!IsEmpty)
            new StridedCopyDevice<T>(source, target, Layout() with { SourceStart = sourceOffset, TargetStart = targetOffset }).Launch(launcher);
    }

    private StridedLayout Layout() => StridedLayout.Simplify(sizes, sourceStrides, targetStrides);
}
