namespace GpuKeras.Kernels.Linear;

/// <summary>Adds the parts of a split k, in their order, and hands the sums on: an item for each quad of C.</summary>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct PartialProductsSum<TEpilogue, T>(PartialProducts<T> parts, TEpilogue epilogue, TiledProductSizes sizes)
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private readonly PartialProducts<T> parts = parts;
    private readonly TEpilogue epilogue = epilogue;
    private readonly TiledProductSizes sizes = sizes;

    private int RowQuads => (sizes.Columns + Quad<T>.Count - 1) / Quad<T>.Count;

    /// <summary>Queues the sums.</summary>
    public void Launch(ILauncher launcher) => launcher.Launch((long)sizes.Matrices * sizes.Rows * RowQuads, Element, this);

    private static void Element(Index1D index, PartialProductsSum<TEpilogue, T> sum)
    {
        var quads = sum.RowQuads;
        var line = index.X / quads;
        var column = (index.X - line * quads) * Quad<T>.Count;
        var matrix = line / sum.sizes.Rows;
        var row = line - matrix * sum.sizes.Rows;
        var first = matrix * sum.sizes.Splits;
        var total = sum.parts.Load(first, row, column);
        for (var split = 1; split < sum.sizes.Splits; split++)
            total = total.Plus(sum.parts.Load(first + split, row, column));
        var epilogue = sum.epilogue;
        epilogue.Store(matrix, row, column, total, Math.Min(Quad<T>.Count, sum.sizes.Columns - column));
    }
}
