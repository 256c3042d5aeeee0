namespace GpuKeras.Kernels.Convolution;

/// <summary>The four input rows that a row of Winograd tiles sees; rows of zeros for those outside the image.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct TileRows<T>
    where T : unmanaged
{
    /// <summary>The rows from <paramref name="first"/> on.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">The first row, inside or outside the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="rowLength">Elements of a row.</param>
    /// <param name="zeros">A row of zeros.</param>
    public TileRows(T* image, int first, int height, nint rowLength, T* zeros)
    {
        Row0 = At(first);
        Row1 = At(first + 1);
        Row2 = At(first + 2);
        Row3 = At(first + 3);

        T* At(int row) => (uint)row < (uint)height ? image + row * rowLength : zeros;
    }

    /// <summary>The first row.</summary>
    public T* Row0 { get; }

    /// <summary>The second row.</summary>
    public T* Row1 { get; }

    /// <summary>The third row.</summary>
    public T* Row2 { get; }

    /// <summary>The fourth row.</summary>
    public T* Row3 { get; }
}
