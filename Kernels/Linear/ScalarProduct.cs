namespace GpuKeras.Kernels.Linear;

/// <summary>op(A) · op(B) on a CPU-like device, for numbers that have no panels: an item for each quad of a row of C.</summary>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct ScalarProduct<TEpilogue, T>(
    ArrayView<T> a, ArrayView<T> b, TEpilogue epilogue, MatMulSizes sizes, BatchAxes batch)
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private readonly ArrayView<T> a = a;
    private readonly ArrayView<T> b = b;
    private readonly TEpilogue epilogue = epilogue;
    private readonly MatMulSizes sizes = sizes;
    private readonly BatchAxes batch = batch;

    private int RowQuads => (sizes.Columns + Quad<T>.Count - 1) / Quad<T>.Count;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher) => launcher.Launch(batch.Count * sizes.Rows * RowQuads, Element, this);

    private static void Element(Index1D index, ScalarProduct<TEpilogue, T> product)
    {
        var (sizes, quads) = (product.sizes, product.RowQuads);
        var line = index.X / quads;
        var column = (index.X - line * quads) * Quad<T>.Count;
        var matrix = line / sizes.Rows;
        var row = line - matrix * sizes.Rows;
        var (matrixA, matrixB) = product.batch.Matrices(matrix);
        var left = product.a.SubView(matrixA * sizes.Rows * sizes.Inner, (long)sizes.Rows * sizes.Inner);
        var right = product.b.SubView(matrixB * sizes.Inner * sizes.Columns, (long)sizes.Inner * sizes.Columns);
        var (placeA, stepA) = sizes.TransposeA ? (row, sizes.Rows) : ((long)row * sizes.Inner, 1);
        var (strideB, stepB) = sizes.TransposeB ? (sizes.Inner, 1) : (1, sizes.Columns);

        // Columns past the last are that one again, and not stored.
        var count = Math.Min(Quad<T>.Count, sizes.Columns - column);
        var placeB = (long)column * strideB;
        var (second, third, fourth) = (count > 1 ? strideB : 0, count > 2 ? 2L * strideB : 0, count > 3 ? 3L * strideB : 0);
        T x = default, y = default, z = default, w = default;
        for (var k = 0; k < sizes.Inner; k++)
        {
            var factor = left[placeA];
            x = DeviceScalar.MultiplyAdd(factor, right[placeB], x);
            y = DeviceScalar.MultiplyAdd(factor, right[placeB + second], y);
            z = DeviceScalar.MultiplyAdd(factor, right[placeB + third], z);
            w = DeviceScalar.MultiplyAdd(factor, right[placeB + fourth], w);
            placeA += stepA;
            placeB += stepB;
        }
        var epilogue = product.epilogue;
        epilogue.Store(matrix, row, column, new(x, y, z, w), count);
    }
}
