namespace GpuKeras.Kernels.Linear;

/// <summary>The sums of the parts of a split k, <c>[matrices, splits, m, n]</c>, until they are added.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="memory">Scratch memory.</param>
/// <param name="rows">m.</param>
/// <param name="pitch">n rounded up to whole quads.</param>
internal readonly struct PartialProducts<T>(ArrayView<T> memory, int rows, int pitch) : ITileEpilogue<T>
    where T : unmanaged
{
    private readonly ArrayView<T> memory = memory;
    private readonly int rows = rows;
    private readonly int pitch = pitch;

    /// <summary>Makes room for the parts of products.</summary>
    public static PartialProducts<T> Make(in TiledProductSizes sizes, ref ProductScratch<T> scratch)
    {
        var pitch = (sizes.Columns + Quad<T>.Count - 1) / Quad<T>.Count * Quad<T>.Count;
        return new(scratch.Sums.Get((long)sizes.Matrices * sizes.Splits * sizes.Rows * pitch), sizes.Rows, pitch);
    }

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count) =>
        QuadMemory.Store(memory, Index(matrix, row, column), sums);

    /// <summary>One quad of a part.</summary>
    public Quad<T> Load(int matrix, int row, int column) => QuadMemory.Load(memory, Index(matrix, row, column));

    private long Index(int matrix, int row, int column) => ((long)matrix * rows + row) * pitch + column;
}
