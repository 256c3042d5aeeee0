namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products on a GPU: chooses the body and how k is split.</summary>
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
        var sizes = new TiledProductSizes(matrices, m, n, k, 1, Math.Max(1, k));
        var tuning = new ProductTuning<TLeft, TRight, T>(left, right, sizes, launcher.Profile);
        Launch(launcher, tuning.Plan(launcher.Choose(tuning)), left, right, epilogue, sizes, ref scratch);
    }

    /// <summary>One of several products, in a way that is chosen.</summary>
    public static void Launch<TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, ProductPlan plan, in TLeft left, in TRight right, in TEpilogue epilogue, in TiledProductSizes sizes,
        ref ProductScratch<T> scratch)
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var cut = sizes.Cut(plan.Splits);
        if (cut.Splits == 1)
        {
            Launch<TLeft, TRight, TEpilogue, T>(launcher, plan.Body, left, right, epilogue, cut);
            return;
        }
        var parts = PartialProducts<T>.Make(cut, ref scratch);
        Launch<TLeft, TRight, PartialProducts<T>, T>(launcher, plan.Body, left, right, parts, cut);
        new PartialProductsSum<TEpilogue, T>(parts, epilogue, cut).Launch(launcher);
    }

    private static void Launch<TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, ProductBody body, in TLeft left, in TRight right, in TEpilogue epilogue, in TiledProductSizes sizes)
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        switch (body)
        {
            case ProductBody.LargeTile:
                new TiledProduct<LargeTile, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
                break;
            case ProductBody.MediumTile:
                new TiledProduct<MediumTile, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
                break;
            case ProductBody.SmallTile:
                new TiledProduct<SmallTile, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
                break;
            case ProductBody.LargeMatrixUnitTile:
                MatrixUnitProducts.Launch<LargeMatrixUnitTile, TLeft, TRight, TEpilogue, T>(launcher, left, right, epilogue, sizes);
                break;
            case ProductBody.SmallMatrixUnitTile:
                MatrixUnitProducts.Launch<SmallMatrixUnitTile, TLeft, TRight, TEpilogue, T>(launcher, left, right, epilogue, sizes);
                break;
            default:
                if (sizes.Rows < sizes.Columns)
                    new NarrowProduct<TRight, TLeft, TEpilogue, T>(right, left, epilogue, sizes, hasFewRows: true).Launch(launcher);
                else
                    new NarrowProduct<TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes, hasFewRows: false).Launch(launcher);
                break;
        }
    }
}
