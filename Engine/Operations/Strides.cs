using GpuKeras.Kernels;
using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>Strides of row-major shapes, and the launch of a strided copy.</summary>
internal static class Strides
{
    /// <summary>How many elements apart neighbours along each axis are.</summary>
    public static Extents Of(in Shape shape)
    {
        var strides = shape.Extents;
        var stride = 1;
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }

    /// <summary>The number of elements of axes <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    public static long Product(in Shape shape, int start, int end)
    {
        var product = 1L;
        for (var axis = start; axis < end; axis++)
            product *= shape[axis];
        return product;
    }

    /// <summary>Copies <paramref name="sizes"/> elements between two layouts.</summary>
    public static void Copy<T>(
        Tensor source, Tensor target, in Shape sizes, in Extents sourceStrides, in Extents targetStrides, long sourceOffset = 0,
        long targetOffset = 0)
        where T : unmanaged =>
        target.Device.Run(new StridedCopyKernel<T>(
            source.View<T>(), target.View<T>(), sizes.Extents, sourceStrides, targetStrides, sourceOffset, targetOffset));
}
