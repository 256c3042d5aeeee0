namespace GpuKeras.Kernels.Linear;

/// <summary>What becomes of the sums of a <see cref="TiledProduct{TTile, TLeft, TRight, TEpilogue, T}"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface ITileEpilogue<T>
    where T : unmanaged
{
    /// <summary>Takes up to four neighbouring finished sums of a row.</summary>
    /// <param name="matrix">Which product of the batch.</param>
    /// <param name="row">The row of C.</param>
    /// <param name="column">The first sum's column, a multiple of four.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="count">How many of them are columns of C, 1 … 4.</param>
    void Store(int matrix, int row, int column, in Quad<T> sums, int count);
}
