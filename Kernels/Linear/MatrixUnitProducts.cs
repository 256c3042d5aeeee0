namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products on a GPU's matrix units, where the program allows rounded factors: chooses the tile and how k is split.</summary>
internal static class MatrixUnitProducts
{
    // An instruction's rows, and a step along k: of anything smaller most would be zeros.
    private const int LeastSide = 16;
    private const int LeastDepth = 16;

    /// <summary>Whether products of this size are computed so.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static bool Suit<T>(DeviceProfile profile, int m, int n, int k) =>
        typeof(T) == typeof(float) && profile.MatMulPrecision != MatMulPrecision.Float32 && Math.Min(m, n) >= LeastSide && k >= LeastDepth;

    /// <summary>epilogue(Σₖ A[row, k] · B[k, column]) for every element of each C.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="left">The rows of A.</param>
    /// <param name="right">The columns of B.</param>
    /// <param name="epilogue">What becomes of the sums.</param>
    /// <param name="sizes">The sizes, with k in one part.</param>
    /// <param name="scratch">Memory that several products may share.</param>
    public static void Launch<TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, in TLeft left, in TRight right, in TEpilogue epilogue, in TiledProductSizes sizes,
        ref ProductScratch<T> scratch)
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        if (launcher.Profile.MatMulPrecision == MatMulPrecision.BFloat16)
            Launch<BFloat16Number, TLeft, TRight, TEpilogue, T>(launcher, left, right, epilogue, sizes, ref scratch);
        else
            Launch<TensorFloat32Number, TLeft, TRight, TEpilogue, T>(launcher, left, right, epilogue, sizes, ref scratch);
    }

    private static void Launch<TNumber, TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, in TLeft left, in TRight right, in TEpilogue epilogue, in TiledProductSizes sizes,
        ref ProductScratch<T> scratch)
        where TNumber : struct, IMatrixNumber
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var processors = launcher.Profile.Multiprocessors;
        if (sizes.Fill(LargeMatrixUnitTile.Side, processors))
        {
            new MatrixUnitProduct<LargeMatrixUnitTile, TNumber, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
            return;
        }
        var cut = sizes.Cut(SmallMatrixUnitTile.Side, processors);
        if (cut.Splits == 1)
        {
            new MatrixUnitProduct<SmallMatrixUnitTile, TNumber, TLeft, TRight, TEpilogue, T>(left, right, epilogue, cut).Launch(launcher);
            return;
        }
        var parts = PartialProducts<T>.Make(cut, ref scratch);
        new MatrixUnitProduct<SmallMatrixUnitTile, TNumber, TLeft, TRight, PartialProducts<T>, T>(left, right, parts, cut).Launch(launcher);
        new PartialProductsSum<TEpilogue, T>(parts, epilogue, cut).Launch(launcher);
    }
}
