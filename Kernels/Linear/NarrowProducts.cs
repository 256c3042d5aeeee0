namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products of float32 with few rows or columns on a CPU-like device.</summary>
internal static class NarrowProducts
{
    // A tile of panels has six rows and 32 columns.
    private const int MostShort = 4;
    private const int MostShortTried = 16;

    // Adding up the lanes of a register costs as much as reading some along k.
    private const int MinInnerOfDots = 48;

    /// <summary>Whether products of these operands are computed so.</summary>
    public static bool Suit(in ProductOperand<float> a, in ProductOperand<float> b)
    {
        var longs = a.Lines <= b.Lines ? b : a;
        return Math.Min(a.Lines, b.Lines) is > 0 and <= MostShort && (longs.AlongLines || a.Inner >= MinInnerOfDots);
    }

    /// <summary>Whether it is worth trying.</summary>
    public static bool MaySuit(in ProductOperand<float> a, in ProductOperand<float> b) =>
        Math.Min(a.Lines, b.Lines) is > 0 and <= MostShortTried && a.Inner >= FloatPanel.Count;

    /// <summary>epilogue(Σₖ A[row, k] · B[k, column]).</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="a">The rows of A.</param>
    /// <param name="b">The columns of B.</param>
    /// <param name="matrices">How many products.</param>
    /// <param name="epilogue">What becomes of the sums.</param>
    /// <param name="scratch">Memory that several products may share.</param>
    public static void Launch<TEpilogue, T>(
        ILauncher launcher, in ProductOperand<float> a, in ProductOperand<float> b, int matrices, in TEpilogue epilogue,
        ref ProductScratch<T> scratch)
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var hasFewRows = a.Lines <= b.Lines;
        var (longs, shorts) = hasFewRows ? (b, a) : (a, b);
        if (!longs.AlongLines && shorts.AlongLines)
            shorts = ContiguousLines.Launch(launcher, shorts, matrices, ref scratch.Panels);
        if (shorts.Lines == 1)
            Launch<RowCount.R1, TEpilogue, T>(launcher, longs, shorts, matrices, epilogue, hasFewRows);
        else if (shorts.Lines == 2)
            Launch<RowCount.R2, TEpilogue, T>(launcher, longs, shorts, matrices, epilogue, hasFewRows);
        else
            Launch<RowCount.R4, TEpilogue, T>(launcher, longs, shorts, matrices, epilogue, hasFewRows);
    }

    private static void Launch<TCount, TEpilogue, T>(
        ILauncher launcher, in ProductOperand<float> longs, in ProductOperand<float> shorts, int matrices, in TEpilogue epilogue,
        bool hasFewRows)
        where TCount : struct, RowCount.IRowCount
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var unit = longs.AlongLines ? NarrowPanels<TCount, TEpilogue, T>.Lines : Quad<T>.Count;
        var walk = NarrowWalk.Of(launcher.Profile, matrices, longs.Lines, shorts.Lines, longs.Inner, unit, hasFewRows);
        if (longs.AlongLines)
            new NarrowPanels<TCount, TEpilogue, T>(longs, shorts, epilogue, walk).Launch(launcher);
        else
            new NarrowDots<TCount, TEpilogue, T>(longs, shorts, epilogue, walk).Launch(launcher);
    }
}
