namespace GpuKeras.Kernels.Convolution;

/// <summary>A filter gradient of float32 on a CPU-like device: sums of 6 places of the window and 32 filters stay in registers.</summary>
/// <remarks>
/// An item runs through the output rows of one part, which stay in a cache while other items run through them for other places. The
/// parts' sums are added in order.
/// </remarks>
internal readonly struct PanelFilterGradient
{
    private const int TilePlaces = 6;

    // Numbers of a part's input and gradient: half of a second-level cache.
    private const long PartElements = 1 << 17;

    // Items for each core, so that all have about the same to do.
    private const int ItemsPerProcessor = 8;

    // What the parts' sums may take.
    private const long MaxScratchElements = 1 << 24;
    private const int MaxParts = 64;

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

    private PanelFilterGradient(in TapGrid grid, PaddedImages images, ArrayView<float> dy, ArrayView<float> sums, int dyGroup, int parts)
    {
        (rows, columns, batch, groups, depth, filters) = (grid.Rows, grid.Columns, grid.Batch, grid.Groups, grid.Depth, grid.Filters);
        (this.images, this.dy, this.sums, this.dyGroup, this.parts) = (images, dy, sums, dyGroup, parts);
        dyStride = dyGroup * groups;
    }

    private int Window => rows.Taps * columns.Taps * depth;

    private int Blocks => (Window + TilePlaces - 1) / TilePlaces;

    /// <summary>Queues the gradient.</summary>
    public static void Launch(ILauncher launcher, ArrayView<float> x, ArrayView<float> dy, ArrayView<float> dfilter, in TapGrid grid)
    {
        var outputRows = (long)grid.Batch * grid.Rows.Outputs;
        var elements = x.Length + dy.Length;
        var panels = DevicePanels.Count(grid.Filters);
        var itemsPerPart = grid.Groups * panels * ((grid.WindowLength + TilePlaces - 1) / TilePlaces);
        var wanted = Math.Max(elements / PartElements, ItemsPerProcessor * launcher.Profile.Multiprocessors / itemsPerPart);
        var parts = (int)Math.Clamp(Math.Min(wanted, MaxScratchElements / dfilter.Length), 1, Math.Min(outputRows, MaxParts));
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
        var low = RegisterArray<FloatPanel>.Zeros(TilePlaces);
        var high = RegisterArray<FloatPanel>.Zeros(TilePlaces);
        for (var i = Unroll.From(0); i < TilePlaces; i++)
        {
            // Past the last place it is that one again, and not stored.
            var tap = new TapCursor(Math.Min(firstPlace + i, Window - 1), columns.Taps, depth);
            offsets[i] = tap.Row * rows.Dilation * images.RowStride + tap.Column * columns.Dilation * images.PixelStride + tap.Channel;
            low[i] = FloatPanel.Broadcast(0);
            high[i] = FloatPanel.Broadcast(0);
        }
        var outputRows = (long)batch * rows.Outputs;
        var (first, last) = ((int)(outputRows * part / parts), (int)(outputRows * (part + 1) / parts));
        for (var row = first; row < last; row++)
            AddRow(row, group, filter, offsets, low, high);
        for (var i = Unroll.From(0); i < TilePlaces; i++)
        {
            if (firstPlace + i < Window)
                PanelRow.Store(
                    sums, (((long)part * Window + firstPlace + i) * groups + group) * filters + filter, low[i], high[i], filters - filter);
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
