namespace GpuKeras.Kernels.Linear;

/// <summary>A · B on a CPU-like device, for numbers that have no panels: an item for each quad of a row of C.</summary>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct ScalarProduct<TEpilogue, T>(ProductOperand<T> a, ProductOperand<T> b, TEpilogue epilogue)
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private readonly ProductOperand<T> a = a;
    private readonly ProductOperand<T> b = b;
    private readonly TEpilogue epilogue = epilogue;

    private int RowQuads => (b.Lines + Quad<T>.Count - 1) / Quad<T>.Count;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher, int matrices) => launcher.Launch((long)matrices * a.Lines * RowQuads, Element, this);

    private static void Element(Index1D index, ScalarProduct<TEpilogue, T> product)
    {
        var (a, b, quads) = (product.a, product.b, product.RowQuads);
        var line = index.X / quads;
        var column = (index.X - line * quads) * Quad<T>.Count;
        var matrix = line / a.Lines;
        var row = line - matrix * a.Lines;
        var (left, right) = (a.View, b.View);
        var placeA = a.Start(matrix) + (long)row * a.LineStride;
        var placeB = b.Start(matrix) + (long)column * b.LineStride;

        // Columns past the last are the quad's first again, and not stored.
        var count = Math.Min(Quad<T>.Count, b.Lines - column);
        long second = count > 1 ? b.LineStride : 0, third = count > 2 ? 2L * b.LineStride : 0, fourth = count > 3 ? 3L * b.LineStride : 0;
        T x = default, y = default, z = default, w = default;
        for (var k = 0; k < a.Inner; k++)
        {
            var factor = left[placeA];
            x = DeviceScalar.MultiplyAdd(factor, right[placeB], x);
            y = DeviceScalar.MultiplyAdd(factor, right[placeB + second], y);
            z = DeviceScalar.MultiplyAdd(factor, right[placeB + third], z);
            w = DeviceScalar.MultiplyAdd(factor, right[placeB + fourth], w);
            placeA += a.KStride;
            placeB += b.KStride;
        }
        var epilogue = product.epilogue;
        epilogue.Store(matrix, row, column, new(x, y, z, w), count);
    }
}
