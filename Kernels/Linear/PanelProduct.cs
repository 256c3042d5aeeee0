namespace GpuKeras.Kernels.Linear;

/// <summary>
/// A · B of float32 on a CPU-like device: an item walks down some rows of C in tiles of 6 × 32 sums, held in twelve registers.
/// </summary>
/// <param name="a">A.</param>
/// <param name="panels">B's panels.</param>
/// <param name="start">C, and what its whole panels start from.</param>
/// <param name="tail">The sums of the last panel, if it is partial, <c>[batch, m, 32]</c>; it holds what they start from, if anything.</param>
/// <remarks>
/// A row of a panel of B, 128 bytes, meets six numbers of A: twelve multiply-adds for two loads of a register and six of a number, so
/// the multipliers bound the speed while the panel stays in a cache. Rows of one panel follow each other for that. Functions of the
/// sums are a launch of their own (<see cref="PanelEpilogue{TActivation}"/>), for which items become lanes.
/// </remarks>
internal readonly struct PanelProduct(ProductOperand<float> a, PackedPanels panels, ProductStart start, ArrayView<float> tail)
{
    private const int TileRows = 6;

    // Multiplications and additions of an item, against the cost of starting it.
    private const double OperationsPerItem = 1 << 20;

    // Items for each core, so that all have about the same to do.
    private const int ItemsPerProcessor = 8;

    private readonly ProductOperand<float> a = a;
    private readonly PackedPanels panels = panels;
    private readonly ProductStart start = start;
    private readonly ArrayView<float> tail = tail;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher, int matrices)
    {
        if (a.Lines == 0)
            return;
        var tiles = (a.Lines + TileRows - 1) / TileRows;
        var tilesPerItem = OperationsPerItem / (2.0 * TileRows * PackedPanels.Width * Math.Max(1, a.Inner));
        var fairTiles = (double)matrices * panels.Across * tiles / (ItemsPerProcessor * launcher.Profile.Multiprocessors);
        var rows = TileRows * (int)Math.Clamp(Math.Min(tilesPerItem, fairTiles), 1, tiles);
        var parts = (a.Lines + rows - 1) / rows;
        launcher.Launch(
            KernelConfig.Linear(checked(matrices * panels.Across * parts), 1), Body, new Walk(this, rows, parts));
    }

    private static void Body(Walk walk)
    {
        var product = walk.Product;
        var place = Grid.IdxX / walk.Parts;
        var first = (Grid.IdxX - place * walk.Parts) * walk.Rows;
        var matrix = place / product.panels.Across;
        var panel = place - matrix * product.panels.Across;
        var end = Math.Min(product.a.Lines, first + walk.Rows);
        for (var row = first; row < end; row += TileRows)
            product.Tile(matrix, panel, row, end - row);
    }

    private void Tile(int matrix, int panel, int row, int rows)
    {
        var (left, kStride) = (a.View, a.KStride);
        var (right, place, stride) = panels.Panel(matrix, panel);
        var isWhole = (panel + 1) * PackedPanels.Width <= start.Columns;

        var places = RegisterArray<long>.Zeros(TileRows);
        var low = RegisterArray<FloatPanel>.Zeros(TileRows);
        var high = RegisterArray<FloatPanel>.Zeros(TileRows);
        for (var i = Unroll.From(0); i < TileRows; i++)
        {
            // Past the last row it is that one again, and not stored.
            var line = row + Math.Min(i, rows - 1);
            places[i] = a.Start(matrix) + (long)line * a.LineStride;
            low[i] = FloatPanel.Broadcast(0);
            high[i] = FloatPanel.Broadcast(0);
            if (isWhole)
            {
                low[i] = start.Load(matrix, line, panel * PackedPanels.Width, low[i]);
                high[i] = start.Load(matrix, line, panel * PackedPanels.Width + FloatPanel.Count, high[i]);
            }
            else if (start.IsPresent)
            {
                low[i] = FloatPanel.Load(tail, TailPlace(matrix, line));
                high[i] = FloatPanel.Load(tail, TailPlace(matrix, line) + FloatPanel.Count);
            }
        }
        for (var k = 0; k < a.Inner; k++)
        {
            var (x, y) = (FloatPanel.Load(right, place), FloatPanel.Load(right, place + FloatPanel.Count));
            place += stride;
            for (var i = Unroll.From(0); i < TileRows; i++)
            {
                var factor = FloatPanel.Broadcast(left[places[i]]);
                low[i] = FloatPanel.MultiplyAdd(factor, x, low[i]);
                high[i] = FloatPanel.MultiplyAdd(factor, y, high[i]);
                places[i] += kStride;
            }
        }
        for (var i = Unroll.From(0); i < TileRows; i++)
        {
            if (i >= rows)
                continue;
            if (isWhole)
            {
                start.Store(matrix, row + i, panel * PackedPanels.Width, low[i]);
                start.Store(matrix, row + i, panel * PackedPanels.Width + FloatPanel.Count, high[i]);
            }
            else
            {
                var target = TailPlace(matrix, row + i);
                FloatPanel.Store(tail, target, low[i]);
                FloatPanel.Store(tail, target + FloatPanel.Count, high[i]);
            }
        }
    }

    private long TailPlace(int matrix, int line) => ((long)matrix * a.Lines + line) * PackedPanels.Width;

    /// <summary>How the rows are shared out.</summary>
    /// <param name="Product">The product.</param>
    /// <param name="Rows">The rows of each item, whole tiles.</param>
    /// <param name="Parts">How many items share the rows of a panel.</param>
    private readonly record struct Walk(PanelProduct Product, int Rows, int Parts);
}
