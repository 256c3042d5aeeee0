namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products on a GPU's matrix units, where the program allows rounded factors.</summary>
internal static class MatrixUnitProducts
{
    // An instruction's rows, and a step along k: of anything smaller most would be zeros.
    private const int LeastSide = 16;
    private const int LeastDepth = 16;

    /// <summary>Whether products may be computed so.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static bool Serve<T>(DeviceProfile profile) => typeof(T) == typeof(float) && profile.MatMulPrecision != MatMulPrecision.Float32;

    /// <summary>Whether products of this size gain by it.</summary>
    public static bool Suit(in TiledProductSizes sizes) => Math.Min(sizes.Rows, sizes.Columns) >= LeastSide && sizes.Inner >= LeastDepth;

    /// <summary>epilogue(Σₖ A[row, k] · B[k, column]) for every element of each C.</summary>
    /// <typeparam name="TTile">The tile.</typeparam>
    /// <typeparam name="TLeft">The rows of A.</typeparam>
    /// <typeparam name="TRight">The columns of B.</typeparam>
    /// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
    /// <typeparam name="T">float.</typeparam>
    /// <param name="launcher">The device, which <see cref="Serve"/>s.</param>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="epilogue">The end of the sums.</param>
    /// <param name="sizes">The sizes, and how k is cut.</param>
    public static void Launch<TTile, TLeft, TRight, TEpilogue, T>(
        ILauncher launcher, in TLeft left, in TRight right, in TEpilogue epilogue, in TiledProductSizes sizes)
        where TTile : struct, IMatrixUnitTile
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        if (launcher.Profile.MatMulPrecision == MatMulPrecision.BFloat16)
            new MatrixUnitProduct<TTile, BFloat16Number, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
        else
            new MatrixUnitProduct<TTile, TensorFloat32Number, TLeft, TRight, TEpilogue, T>(left, right, epilogue, sizes).Launch(launcher);
    }
}
