namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products on a GPU: chooses the tile and how k is split.</summary>
internal static class TiledProducts
{
    /// <summary>epilogue(Σₖ A[row, k] · B[k, column]) for every element of each C <c>[m, n]</c>.</summary>
    /// <param name="launcher">The device, which is no CPU-like one.</param>
    /// <param name="left">The rows of A.</param>
    /// <param name="right">The columns of B.</param>
    /// <param name="epilogue">What becomes of the sums.</param>
    /// <param name="matrices">How many products.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B; with 0 the sums are 0.</param>
    public static void Launch<TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, in TLeft left, in TRight right, in TEpilogue epilogue, int matrices, int m, int n, int k)
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var scratch = new ProductScratch<T>(launcher);
        Launch(launcher, left, right, epilogue, matrices, m, n, k, ref scratch);
    }

    /// <summary>One of several products that share scratch memory.</summary>
    public static void Launch<TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, in TLeft left, in TRight right, in TEpilogue epilogue, int matrices, int m, int n, int k,
        ref ProductScratch<T> scratch)
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        if (matrices == 0 || m == 0 || n == 0)
            return;
        var processors = launcher.Profile.Multiprocessors;
        var sizes = new TiledProductSizes(matrices, m, n, k, 1, Math.Max(1, k));
        if (MatrixUnitProducts.Suit<T>(launcher.Profile, m, n, k))
        {
            MatrixUnitProducts.Launch(launcher, left, right, epilogue, sizes, ref scratch);
            return;
        }
        if (sizes.Fill(LargeTile.Side, processors))
        {
            new TiledProduct<LargeTile, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
            return;
        }
        if (sizes.Fill(MediumTile.Side, processors))
        {
            new TiledProduct<MediumTile, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
            return;
        }
        sizes = sizes.Cut(SmallTile.Side, processors);
        if (sizes.Splits == 1)
        {
            new TiledProduct<SmallTile, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
            return;
        }
        var parts = PartialProducts<T>.Make(sizes, ref scratch);
        new TiledProduct<SmallTile, TLeft, TRight, PartialProducts<T>, T>(left, right, parts, sizes).Launch(launcher);
        new PartialProductsSum<TEpilogue, T>(parts, epilogue, sizes).Launch(launcher);
    }
}
