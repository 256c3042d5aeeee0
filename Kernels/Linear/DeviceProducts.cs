namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products of operands in memory, with any epilogue, on any device.</summary>
internal static class DeviceProducts
{
    /// <summary>epilogue(Σₖ A[row, k] · B[k, column]) for every element of each C.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="a">The rows of A.</param>
    /// <param name="b">The columns of B.</param>
    /// <param name="matrices">How many products.</param>
    /// <param name="epilogue">What becomes of the sums.</param>
    /// <param name="scratch">Memory that several products may share.</param>
    public static void Launch<TEpilogue, T>(
        ILauncher launcher, in ProductOperand<T> a, in ProductOperand<T> b, int matrices, in TEpilogue epilogue,
        ref ProductScratch<T> scratch)
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        if (!launcher.Profile.IsCpuLike)
        {
            TiledProducts.Launch<MatrixSource<T>, MatrixSource<T>, TEpilogue, T>(
                launcher, new(a), new(b), epilogue, matrices, a.Lines, b.Lines, a.Inner, ref scratch);
        }
        else if (typeof(T) == typeof(float))
        {
            PanelProducts.LaunchSums(launcher, a, b, matrices, epilogue, ref scratch);
        }
        else
        {
            new ScalarProduct<TEpilogue, T>(a, b, epilogue).Launch(launcher, matrices);
        }
    }
}
