namespace GpuKeras.Kernels.Linear;

/// <summary>
/// B in panels of 32 columns as a CPU-like device reads it, k rows of 32 floats each: in place, or copied side by side.
/// </summary>
/// <param name="b">B.</param>
/// <param name="copy">The panels from <paramref name="firstCopied"/> on, <c>[copies, panels, k, 32]</c>, filled up with zeros.</param>
/// <param name="firstCopied">The first panel that is read from its copy.</param>
/// <param name="isOne">Whether all products have the same B: there is one copy, instead of one for each product.</param>
internal readonly struct PackedPanels(ProductOperand<float> b, ArrayView<float> copy, int firstCopied, bool isOne)
{
    /// <summary>Columns of a panel: two registers.</summary>
    public const int Width = 2 * FloatPanel.Count;

    private readonly ProductOperand<float> b = b;
    private readonly ArrayView<float> copy = copy;
    private readonly int firstCopied = firstCopied;
    private readonly bool isOne = isOne;

    /// <summary>How many panels cover B's columns; the last may be partial.</summary>
    public int Across => (b.Lines + Width - 1) / Width;

    /// <summary>B.</summary>
    public ProductOperand<float> Operand => b;

    private int Copied => Across - firstCopied;

    /// <summary>Queues the copy of the panels that are to be copied.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="b">B.</param>
    /// <param name="matrices">How many products there are.</param>
    /// <param name="firstCopied">The first panel that is copied; panels before it are whole, with neighbouring columns.</param>
    /// <param name="isOne">Whether all products have the same B.</param>
    /// <param name="scratch">Memory for the copy.</param>
    public static PackedPanels Launch<T>(
        ILauncher launcher, in ProductOperand<float> b, int matrices, int firstCopied, bool isOne, ref ReusedScratch<T> scratch)
        where T : unmanaged
    {
        var copies = isOne ? Math.Min(1, matrices) : matrices;
        var length = copies * ((b.Lines + Width - 1L) / Width - firstCopied) * b.Inner * Width;
        var packed = new PackedPanels(b, scratch.Get(length).Cast<float>(), firstCopied, isOne);
        launcher.Launch(length / Width, Row, packed);
        return packed;
    }

    /// <summary>Where the rows of a panel lie.</summary>
    /// <param name="matrix">Which product.</param>
    /// <param name="panel">The panel.</param>
    /// <returns>The memory, the first number of the first row, and the numbers from one row to the next.</returns>
    public (ArrayView<float> Memory, long Place, int Stride) Panel(int matrix, int panel) => panel < firstCopied
        ? (b.View, b.Start(matrix) + panel * Width, b.KStride)
        : (copy, ((isOne ? 0L : matrix) * Copied + panel - firstCopied) * b.Inner * Width, Width);

    /// <summary>Copies one row of a panel.</summary>
    private static void Row(Index1D row, PackedPanels packed)
    {
        var b = packed.b;
        var panel = row.X / b.Inner;
        var matrix = panel / packed.Copied;
        var column = (packed.firstCopied + panel - matrix * packed.Copied) * Width;
        var source = b.Start(matrix) + (long)column * b.LineStride + (long)(row.X - panel * b.Inner) * b.KStride;
        var target = (long)row.X * Width;
        if (b.AlongLines && column + Width <= b.Lines)
        {
            FloatPanel.Store(packed.copy, target, FloatPanel.Load(b.View, source));
            FloatPanel.Store(packed.copy, target + FloatPanel.Count, FloatPanel.Load(b.View, source + FloatPanel.Count));
            return;
        }
        for (var i = 0; i < Width; i++)
        {
            packed.copy[target + i] = column + i < b.Lines ? b.View[source] : 0;
            source += b.LineStride;
        }
    }
}
