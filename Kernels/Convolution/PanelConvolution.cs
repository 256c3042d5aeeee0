using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A convolution of float32 on a CPU-like device: the sums of 6 pixels and 32 filters stay in twelve registers.</summary>
/// <typeparam name="TActivation">What is applied to the sums.</typeparam>
/// <remarks>Six numbers of the input and a row of the panel make twelve multiply-adds, without a matrix of windows in memory.</remarks>
internal readonly struct PanelConvolution<TActivation>
    where TActivation : struct, IUnaryFunction
{
    private const int TilePixels = 6;

    // Operations of an item, against the cost of starting it, and items for each core, so that all have about the same to do.
    private const double OperationsPerItem = 1 << 20;
    private const int ItemsPerProcessor = 8;

    private readonly PaddedImages images;
    private readonly ArrayView<float> panels;
    private readonly ArrayView<float> y;
    private readonly OutputPixels pixels;
    private readonly TapAxis rows;
    private readonly TapAxis columns;
    private readonly int depth;
    private readonly int filters;
    private readonly int pixelCount;
    private readonly int pixelsPerItem;
    private readonly int parts;
    private readonly TActivation activation;

    private PanelConvolution(
        ILauncher launcher, PaddedImages images, ArrayView<float> panels, ArrayView<float> y, in TapGrid grid, TActivation activation)
    {
        (this.images, this.panels, this.y, this.activation) = (images, panels, y, activation);
        (rows, columns, depth, filters, pixels) = (grid.Rows, grid.Columns, grid.Depth, grid.Filters, new OutputPixels(grid));
        pixelCount = checked(grid.Batch * rows.Outputs * columns.Outputs);
        var tiles = (pixelCount + TilePixels - 1) / TilePixels;
        var wanted = OperationsPerItem / (2.0 * TilePixels * DevicePanels.Width * grid.WindowLength);
        var fair = (double)grid.Groups * DevicePanels.Count(filters) * tiles / (ItemsPerProcessor * launcher.Profile.Multiprocessors);
        pixelsPerItem = TilePixels * (int)Math.Clamp(Math.Min(wanted, fair), 1, tiles);
        parts = (pixelCount + pixelsPerItem - 1) / pixelsPerItem;
    }

    private int Window => rows.Taps * columns.Taps * depth;

    /// <summary>Queues the convolution.</summary>
    public static void Launch(
        ILauncher launcher, ArrayView<float> x, ArrayView<float> filter, ArrayView<float> bias, ArrayView<float> y, in TapGrid grid,
        in FilterGeometry weights, TActivation activation)
    {
        var panels = DevicePanels.Launch(launcher, filter, bias, weights, grid.Groups, (int)grid.WindowLength);
        var convolution = new PanelConvolution<TActivation>(launcher, PaddedImages.Launch(launcher, x, grid), panels, y, grid, activation);
        var items = checked(grid.Groups * DevicePanels.Count(grid.Filters) * convolution.parts);
        launcher.Launch(KernelConfig.Linear(items, 1), Body, convolution);
    }

    private static void Body(PanelConvolution<TActivation> convolution)
    {
        var panel = Grid.IdxX / convolution.parts;
        var first = (Grid.IdxX - panel * convolution.parts) * convolution.pixelsPerItem;
        var end = Math.Min(convolution.pixelCount, first + convolution.pixelsPerItem);
        var pixel = new PixelCursor(first, convolution.rows.Outputs, convolution.columns.Outputs);
        for (; first < end; first += TilePixels)
            convolution.Tile(panel, first, end - first, ref pixel);
    }

    private void Tile(int panel, int first, int count, ref PixelCursor pixel)
    {
        var panelsPerGroup = DevicePanels.Count(filters);
        var group = panel / panelsPerGroup;
        var filter = (panel - group * panelsPerGroup) * DevicePanels.Width;
        var row = (long)panel * (Window + 1) * DevicePanels.Width;

        var places = RegisterArray<long>.Zeros(TilePixels);
        var low = RegisterArray<FloatPanel>.Zeros(TilePixels);
        var high = RegisterArray<FloatPanel>.Zeros(TilePixels);
        var (lowBias, highBias) = (FloatPanel.Load(panels, row), FloatPanel.Load(panels, row + FloatPanel.Count));
        for (var i = Unroll.From(0); i < TilePixels; i++)
        {
            places[i] = images.First + (long)pixel.Image * images.ImageStride + (long)pixel.Row * rows.Stride * images.RowStride
                + pixel.Column * columns.Stride * images.PixelStride + group * depth;
            low[i] = lowBias;
            high[i] = highBias;
            // Past the last pixel it is that one again, and not stored.
            if (i + 1 < count)
                pixel.Advance(1, rows.Outputs, columns.Outputs);
        }
        Multiply(row + DevicePanels.Width, places, low, high);
        for (var i = Unroll.From(0); i < TilePixels; i++)
        {
            if (i < count)
                PanelRow.Store(
                    y, pixels.Place(first + i) + group * filters + filter, activation.Value(low[i]), activation.Value(high[i]),
                    filters - filter);
        }
    }

    private void Multiply(long row, RegisterArray<long> places, RegisterArray<FloatPanel> low, RegisterArray<FloatPanel> high)
    {
        var columnGap = columns.Dilation * images.PixelStride - depth;
        var rowGap = rows.Dilation * images.RowStride - columns.Taps * columns.Dilation * images.PixelStride;
        for (var tapRow = 0; tapRow < rows.Taps; tapRow++)
        {
            for (var tapColumn = 0; tapColumn < columns.Taps; tapColumn++)
            {
                for (var channel = 0; channel < depth; channel++)
                {
                    var (x, y) = (FloatPanel.Load(panels, row), FloatPanel.Load(panels, row + FloatPanel.Count));
                    row += DevicePanels.Width;
                    for (var i = Unroll.From(0); i < TilePixels; i++)
                    {
                        var factor = FloatPanel.Broadcast(images.View[places[i]]);
                        low[i] = FloatPanel.MultiplyAdd(factor, x, low[i]);
                        high[i] = FloatPanel.MultiplyAdd(factor, y, high[i]);
                        places[i]++;
                    }
                }
                for (var i = Unroll.From(0); i < TilePixels; i++)
                    places[i] += columnGap;
            }
            for (var i = Unroll.From(0); i < TilePixels; i++)
                places[i] += rowGap;
        }
    }
}
