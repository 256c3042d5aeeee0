namespace GpuKeras.Kernels.Convolution;

/// <summary>A filter gradient of float32 on a CPU-like device: sums of 6 places of the window and 32 filters stay in registers.</summary>
/// <remarks>
/// An item runs through the output rows of one part, which stay in a cache while other items run through them for other places. The
/// order of the additions is <see cref="FilterGradientOrder"/>'s.
/// </remarks>
internal readonly struct PanelFilterGradient
{
    private const int TilePlaces = 6;

    private readonly PaddedImages images;
    private readonly ArrayView<float> dy;
    private readonly ArrayView<float> sums;
    private readonly TapAxis rows;
    private readonly TapAxis columns;
    private readonly int batch;
    private readonly int groups;
    private readonly int depth;
    private readonly int filters;
    private readonly int dyStride;
    private readonly int dyGroup;
    private readonly int parts;
    private readonly int rowsAtOnce;

    private PanelFilterGradient(in TapGrid grid, PaddedImages images, ArrayView<float> dy, ArrayView<float> sums, int dyGroup, int parts)
    {
        (rows, columns, batch, groups, depth, filters) = (grid.Rows, grid.Columns, grid.Batch, grid.Groups, grid.Depth, grid.Filters);
        (this.images, this.dy, this.sums, this.dyGroup, this.parts) = (images, dy, sums, dyGroup, parts);
        dyStride = dyGroup * groups;
        rowsAtOnce = FilterGradientOrder.RowsAtOnce(columns.Outputs);
    }

    private int Window => rows.Taps * columns.Taps * depth;

    private int Blocks => (Window + TilePlaces - 1) / TilePlaces;

    /// <summary>Queues the gradient.</summary>
    public static void Launch(ILauncher launcher, ArrayView<float> x, ArrayView<float> dy, ArrayView<float> dfilter, in TapGrid grid, int parts)
    {
        var panels = DevicePanels.Count(grid.Filters);
        var sums = parts == 1 ? dfilter : launcher.Scratch<float>(parts * dfilter.Length);
        var images = PaddedImages.Launch(launcher, x, grid);
        var dyGroup = grid.Filters;
        if (grid.Filters % DevicePanels.Width != 0)
        {
            dyGroup = panels * DevicePanels.Width;
            dy = Widen(launcher, dy, grid.Filters, dyGroup);
        }
        var gradient = new PanelFilterGradient(grid, images, dy, sums, dyGroup, parts);
        launcher.Launch(KernelConfig.Linear(checked(parts * grid.Groups * panels * gradient.Blocks), 1), Body, gradient);
        PartialSums.LaunchAddition(launcher, sums, dfilter, parts);
    }

    // Rows of the gradient with zeros behind them, so that whole panels can be read.
    private static ArrayView<float> Widen(ILauncher launcher, ArrayView<float> dy, int filters, int width)
    {
        var wide = launcher.Scratch<float>(dy.Length / filters * width);
        launcher.Launch(wide.Length, WidenElement, (dy, wide, filters, width));
        return wide;
    }

    private static void WidenElement(Index1D i, (ArrayView<float> Source, ArrayView<float> Target, int Filters, int Width) work)
    {
        var row = i.X / work.Width;
        var column = i.X - row * work.Width;
        work.Target[i] = column < work.Filters ? work.Source[(long)row * work.Filters + column] : 0;
    }

    private static void Body(PanelFilterGradient gradient)
    {
        var block = Grid.IdxX % gradient.Blocks;
        var panel = Grid.IdxX / gradient.Blocks;
        var panels = DevicePanels.Count(gradient.filters);
        var group = panel / panels;
        panel -= group * panels;
        var part = group / gradient.groups;
        gradient.Tile(part, group - part * gradient.groups, panel * DevicePanels.Width, block * TilePlaces);
    }

    private void Tile(int part, int group, int filter, int firstPlace)
    {
        var offsets = RegisterArray<int>.Zeros(TilePlaces);
        var totalLow = RegisterArray<FloatPanel>.Zeros(TilePlaces);
        var totalHigh = RegisterArray<FloatPanel>.Zeros(TilePlaces);
        for (var i = Unroll.From(0); i < TilePlaces; i++)
        {
            // Past the last place it is that one again, and not stored.
            var tap = new TapCursor(Math.Min(firstPlace + i, Window - 1), columns.Taps, depth);
            offsets[i] = tap.Row * rows.Dilation * images.RowStride + tap.Column * columns.Dilation * images.PixelStride + tap.Channel;
            totalLow[i] = FloatPanel.Broadcast(0);
            totalHigh[i] = FloatPanel.Broadcast(0);
        }
        var outputRows = (long)batch * rows.Outputs;
        var (first, last) = ((int)(outputRows * part / parts), (int)(outputRows * (part + 1) / parts));
        for (var block = first; block < last; block += rowsAtOnce)
        {
            var low = RegisterArray<FloatPanel>.Zeros(TilePlaces);
            var high = RegisterArray<FloatPanel>.Zeros(TilePlaces);
            for (var i = Unroll.From(0); i < TilePlaces; i++)
            {
                low[i] = FloatPanel.Broadcast(0);
                high[i] = FloatPanel.Broadcast(0);
            }
            for (var row = block; row < Math.Min(last, block + rowsAtOnce); row++)
                AddRow(row, group, filter, offsets, low, high);
            for (var i = Unroll.From(0); i < TilePlaces; i++)
            {
                totalLow[i] += low[i];
                totalHigh[i] += high[i];
            }
        }
        for (var i = Unroll.From(0); i < TilePlaces; i++)
        {
            if (firstPlace + i < Window)
                PanelRow.Store(
                    sums, (((long)part * Window + firstPlace + i) * groups + group) * filters + filter, totalLow[i], totalHigh[i],
                    filters - filter);
        }
    }

    private void AddRow(
        int row, int group, int filter, RegisterArray<int> offsets, RegisterArray<FloatPanel> low, RegisterArray<FloatPanel> high)
    {
        var image = row / rows.Outputs;
        var start = images.First + (long)image * images.ImageStride + (long)(row - image * rows.Outputs) * rows.Stride * images.RowStride
            + group * depth;
        var source = (long)row * columns.Outputs * dyStride + group * dyGroup + filter;
        var places = RegisterArray<long>.Zeros(TilePlaces);
        for (var i = Unroll.From(0); i < TilePlaces; i++)
            places[i] = start + offsets[i];
        for (var column = 0; column < columns.Outputs; column++)
        {
            var (x, y) = (FloatPanel.Load(dy, source), FloatPanel.Load(dy, source + FloatPanel.Count));
            source += dyStride;
            for (var i = Unroll.From(0); i < TilePlaces; i++)
            {
                var factor = FloatPanel.Broadcast(images.View[places[i]]);
                low[i] = FloatPanel.MultiplyAdd(factor, x, low[i]);
                high[i] = FloatPanel.MultiplyAdd(factor, y, high[i]);
                places[i] += columns.Stride * images.PixelStride;
            }
        }
    }
}
