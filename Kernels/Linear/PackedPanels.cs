namespace GpuKeras.Kernels.Linear;

/// <summary>
/// B in panels of 32 columns as a CPU-like device reads it, k rows of 32 floats each: in place, or copied side by side.
/// </summary>
/// <param name="b">B <c>[matrices, k, n]</c>, or <c>[matrices, n, k]</c> if transposed.</param>
/// <param name="copy">The panels from <paramref name="firstCopied"/> on, <c>[matrices, panels, k, 32]</c>, filled up with zeros.</param>
/// <param name="sizes">The product's sizes.</param>
/// <param name="firstCopied">The first panel that is read from its copy.</param>
internal readonly struct PackedPanels(ArrayView<float> b, ArrayView<float> copy, MatMulSizes sizes, int firstCopied)
{
    /// <summary>Columns of a panel: two registers.</summary>
    public const int Width = 2 * FloatPanel.Count;

    private readonly ArrayView<float> b = b;
    private readonly ArrayView<float> copy = copy;
    private readonly MatMulSizes sizes = sizes;
    private readonly int firstCopied = firstCopied;

    private int Copied => (sizes.Columns + Width - 1) / Width - firstCopied;

    /// <summary>Queues the copy of the panels that are to be copied.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="b">B.</param>
    /// <param name="sizes">The product's sizes.</param>
    /// <param name="firstCopied">The first panel that is copied; panels before it are whole, and B is not transposed.</param>
    public static PackedPanels Launch(ILauncher launcher, ArrayView<float> b, MatMulSizes sizes, int firstCopied)
    {
        var matrices = b.Length / Math.Max(1, (long)sizes.Inner * sizes.Columns);
        var panels = (sizes.Columns + Width - 1) / Width - firstCopied;
        var length = matrices * panels * sizes.Inner * Width;
        var packed = new PackedPanels(b, launcher.Scratch<float>(length), sizes, firstCopied);
        launcher.Launch(length, Element, packed);
        return packed;
    }

    /// <summary>Where the rows of a panel lie.</summary>
    /// <param name="matrix">Which matrix of B.</param>
    /// <param name="panel">The panel.</param>
    /// <returns>The memory, the first number of the first row, and the numbers from one row to the next.</returns>
    public (ArrayView<float> Memory, long Place, int Stride) Panel(long matrix, int panel) => panel < firstCopied
        ? (b, matrix * sizes.Inner * sizes.Columns + panel * Width, sizes.Columns)
        : (copy, (matrix * Copied + panel - firstCopied) * sizes.Inner * Width, Width);

    private static void Element(Index1D index, PackedPanels packed)
    {
        var (n, inner) = (packed.sizes.Columns, packed.sizes.Inner);
        var row = index.X / Width;
        var panel = row / inner;
        var k = row - panel * inner;
        var matrix = panel / packed.Copied;
        var column = (packed.firstCopied + panel - matrix * packed.Copied) * Width + index.X % Width;
        var place = packed.sizes.TransposeB ? (long)column * inner + k : (long)k * n + column;
        packed.copy[index.X] = column < n ? packed.b[(long)matrix * inner * n + place] : 0;
    }
}
