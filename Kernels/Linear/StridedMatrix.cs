namespace GpuKeras.Kernels.Linear;

/// <summary>A matrix in host memory: element (i, j) lies at <c>data[i · rowStride + j · columnStride]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="data">Element (0, 0).</param>
/// <param name="rowStride">Elements from one row to the next.</param>
/// <param name="columnStride">Elements from one column to the next.</param>
internal readonly unsafe struct StridedMatrix<T>(T* data, nint rowStride, nint columnStride)
    where T : unmanaged
{
    /// <summary>Element (0, 0).</summary>
    public T* Data { get; } = data;

    /// <summary>Elements from one row to the next.</summary>
    public nint RowStride { get; } = rowStride;

    /// <summary>Elements from one column to the next.</summary>
    public nint ColumnStride { get; } = columnStride;

    /// <summary>A row-major matrix of <paramref name="columns"/> columns, or the transpose of one of that row length.</summary>
    public static StridedMatrix<T> RowMajor(T* data, nint columns, bool transpose = false) =>
        transpose ? new(data, 1, columns) : new(data, columns, 1);

    /// <summary>The transposed matrix in the same memory.</summary>
    public StridedMatrix<T> Transposed => new(Data, ColumnStride, RowStride);

    /// <summary>The part of the matrix that starts at (<paramref name="row"/>, <paramref name="column"/>).</summary>
    public StridedMatrix<T> From(nint row, nint column) => new(Data + row * RowStride + column * ColumnStride, RowStride, ColumnStride);
}
