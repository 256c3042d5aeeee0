using GpuKeras.Kernels.Indexing;

namespace GpuKeras.Saving;

/// <summary>Arrays whose first axis is the contiguous one, as Fortran keeps them.</summary>
internal static class FortranOrder
{
    /// <summary>Reads such an array into a row-major tensor.</summary>
    /// <exception cref="FileFormatException">The stream ends too early, or the array is too large to be reordered.</exception>
    public static Tensor Read(Stream stream, string file, in Shape shape, ElementEncoding encoding)
    {
        if (shape.Size > int.MaxValue)
            throw new FileFormatException(file, $"a Fortran-ordered array of shape {shape} is too large to be reordered", "save it with numpy.ascontiguousarray");
        // Its bytes are those of a row-major array with the axes reversed.
        var sizes = shape.ToArray();
        Array.Reverse(sizes);
        using var reversed = TensorStream.Read(stream, file, new Shape(sizes), encoding);
        var tensor = Tensor.Empty(shape, reversed.DType, reversed.Device);
        switch (tensor.DType.SizeBytes())
        {
            case 8: Reorder<long>(reversed, tensor); break;
            case 4: Reorder<int>(reversed, tensor); break;
            default: Reorder<byte>(reversed, tensor); break;
        }
        return tensor;
    }

    private static void Reorder<T>(Tensor reversed, Tensor tensor)
        where T : unmanaged
    {
        var (columnMajor, rowMajor) = (tensor.Shape.Extents, tensor.Shape.Extents);
        var (fromFirst, fromLast) = (1, 1);
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            var opposite = tensor.Rank - 1 - axis;
            (columnMajor[axis], rowMajor[opposite]) = (fromFirst, fromLast);
            (fromFirst, fromLast) = (fromFirst * tensor.Shape[axis], fromLast * tensor.Shape[opposite]);
        }
        tensor.Device.Run(new StridedCopyKernel<T>(reversed.View<T>(), tensor.View<T>(), tensor.Shape.Extents, columnMajor, rowMajor, 0, 0));
    }
}
