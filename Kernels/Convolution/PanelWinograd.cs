using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A 3 × 3 convolution of float32 on a CPU-like device by Winograd's minimal filtering.</summary>
/// <typeparam name="TActivation">What is applied to the sums.</typeparam>
/// <remarks>
/// The host's <see cref="WinogradConvolution{TActivation, T}"/>, addition for addition (<see cref="WinogradTransform{TVector, T}"/> has the
/// formulas): both give the same bits. An item transforms a block of tiles to 16 planes, multiplies them by the filter's planes and
/// transforms the products back, in memory of its own that stays in its processor's cache from block to block.
/// </remarks>
internal readonly struct PanelWinograd<TActivation>
    where TActivation : struct, IUnaryFunction
{
    private const int Planes = PanelWinogradFilter.Planes;

    // Of a tile's outputs.
    private const int Side = 2;

    // Registers that hold sums.
    private const int Sums = 12;

    private const int BlockBytes = 384 << 10;
    private const int ItemsPerProcessor = 8;

    private readonly ArrayView<float> x;
    private readonly ArrayView<float> planes;
    private readonly ArrayView<float> bias;
    private readonly ArrayView<float> y;
    private readonly ArrayView<float> scratch;
    private readonly TapAxis rows;
    private readonly TapAxis columns;
    private readonly int depth;
    private readonly int filters;
    private readonly int tiles;
    private readonly int blockTiles;
    private readonly int items;
    private readonly TActivation activation;

    private PanelWinograd(
        ILauncher launcher, ArrayView<float> x, ArrayView<float> planes, ArrayView<float> bias, ArrayView<float> y, in TapGrid grid,
        TActivation activation)
    {
        (this.x, this.planes, this.bias, this.y, this.activation) = (x, planes, bias, y, activation);
        (rows, columns, depth, filters) = (grid.Rows, grid.Columns, grid.Depth, grid.Filters);
        tiles = checked(grid.Batch * Down * Across);
        var mostItems = ItemsPerProcessor * launcher.Profile.Multiprocessors;
        var cached = BlockBytes / (Planes * (depth + filters) * sizeof(float) * Sums);
        var fair = (tiles + mostItems * Sums - 1) / (mostItems * Sums);
        blockTiles = Sums * Math.Max(1, Math.Min(cached, fair));
        items = Math.Min(mostItems, (tiles + blockTiles - 1) / blockTiles);
        scratch = launcher.Scratch<float>((long)items * ItemLength);
    }

    private int Down => (rows.Outputs + 1) / Side;

    private int Across => (columns.Outputs + 1) / Side;

    private int InputPlane => blockTiles * depth;

    private int SumPlane => blockTiles * filters;

    private int ItemLength => Planes * (InputPlane + SumPlane);

    /// <summary>Queues the convolution.</summary>
    public static void Launch(
        ILauncher launcher, ArrayView<float> x, ArrayView<float> filter, ArrayView<float> bias, ArrayView<float> y, in TapGrid grid,
        in FilterGeometry weights, TActivation activation)
    {
        var planes = PanelWinogradFilter.Launch(launcher, filter, weights);
        var convolution = new PanelWinograd<TActivation>(launcher, x, planes, bias, y, grid, activation);
        launcher.Launch(KernelConfig.Linear(convolution.items, 1), Body, convolution);
    }

    private static void Body(PanelWinograd<TActivation> convolution)
    {
        var inputs = (long)Grid.IdxX * convolution.ItemLength;
        var sums = inputs + Planes * convolution.InputPlane;
        for (var first = Grid.IdxX * convolution.blockTiles; first < convolution.tiles; first += convolution.items * convolution.blockTiles)
        {
            var count = Math.Min(convolution.blockTiles, convolution.tiles - first);
            convolution.TransformInput(first, count, inputs);
            convolution.Multiply(count, inputs, sums);
            convolution.TransformOutput(first, count, sums);
        }
    }

    /// <summary>Bᵀ d B of a block's tiles.</summary>
    private void TransformInput(int first, int count, long target)
    {
        var tile = new PixelCursor(first, Down, Across);
        for (var i = 0; i < count; i++, target += depth)
        {
            var (row, column) = (tile.Row * Side - rows.Pad, tile.Column * Side - columns.Pad);
            var isInside = row >= 0 && column >= 0 && row + 4 <= rows.Inputs && column + 4 <= columns.Inputs;
            var source = (((long)tile.Image * rows.Inputs + row) * columns.Inputs + column) * depth;
            for (var channel = 0; channel < depth; channel += FloatPanel.Count)
            {
                var d = RegisterArray<FloatPanel>.Zeros(Planes);
                for (var j = Unroll.From(0); j < 4; j++)
                {
                    var d0 = Input(source + channel, row, column + j, 0, j, isInside);
                    var d1 = Input(source + channel, row, column + j, 1, j, isInside);
                    var d2 = Input(source + channel, row, column + j, 2, j, isInside);
                    var d3 = Input(source + channel, row, column + j, 3, j, isInside);
                    d[j] = d0 - d2;
                    d[4 + j] = d1 + d2;
                    d[8 + j] = d2 - d1;
                    d[12 + j] = d1 - d3;
                }
                for (var j = Unroll.From(0); j < 4; j++)
                {
                    var plane = target + channel + 4 * j * (long)InputPlane;
                    FloatPanel.Store(scratch, plane, d[4 * j] - d[4 * j + 2]);
                    FloatPanel.Store(scratch, plane + InputPlane, d[4 * j + 1] + d[4 * j + 2]);
                    FloatPanel.Store(scratch, plane + 2 * InputPlane, d[4 * j + 2] - d[4 * j + 1]);
                    FloatPanel.Store(scratch, plane + 3 * InputPlane, d[4 * j + 1] - d[4 * j + 3]);
                }
            }
            tile.Advance(1, Down, Across);
        }
    }

    // Zeros around the images.
    private FloatPanel Input(long source, int row, int column, int down, int right, bool isInside) =>
        isInside || (uint)(row + down) < (uint)rows.Inputs && (uint)column < (uint)columns.Inputs
            ? FloatPanel.Load(x, source + ((long)down * columns.Inputs + right) * depth)
            : FloatPanel.Broadcast(0);

    /// <summary>In every plane, sums [tiles, filters] = inputs [tiles, depth] · filter [depth, filters].</summary>
    private void Multiply(int count, long inputs, long sums)
    {
        for (var plane = 0; plane < Planes; plane++, inputs += InputPlane, sums += SumPlane)
        {
            var filter = 0;
            for (; filter + 2 * FloatPanel.Count <= filters; filter += 2 * FloatPanel.Count)
            {
                for (var tile = 0; tile < count; tile += Sums / 2)
                    MultiplyTiles(2, plane, filter, tile, count, inputs, sums);
            }
            if (filter < filters)
            {
                for (var tile = 0; tile < count; tile += Sums)
                    MultiplyTiles(1, plane, filter, tile, count, inputs, sums);
            }
        }
    }

    /// <param name="panels">How many panels of filters: a constant.</param>
    private void MultiplyTiles(int panels, int plane, int filter, int tile, int count, long inputs, long sums)
    {
        var places = RegisterArray<long>.Zeros(Sums);
        var total = RegisterArray<FloatPanel>.Zeros(Sums);
        var weights = RegisterArray<FloatPanel>.Zeros(2);
        // Past the last tile it is that one again, and not stored.
        for (var i = Unroll.From(0); i < Sums / panels; i++)
            places[i] = inputs + (long)Math.Min(tile + i, count - 1) * depth;
        for (var i = Unroll.From(0); i < Sums; i++)
            total[i] = FloatPanel.Broadcast(0);
        var place = ((long)plane * filters + filter) * depth;
        for (var k = 0; k < depth; k++)
        {
            for (var p = Unroll.From(0); p < panels; p++)
                weights[p] = FloatPanel.Load(planes, place + p * FloatPanel.Count);
            place += panels * FloatPanel.Count;
            for (var i = Unroll.From(0); i < Sums / panels; i++)
            {
                var factor = FloatPanel.Broadcast(scratch[places[i]]);
                for (var p = Unroll.From(0); p < panels; p++)
                    total[i * panels + p] = FloatPanel.MultiplyAdd(factor, weights[p], total[i * panels + p]);
                places[i]++;
            }
        }
        for (var i = Unroll.From(0); i < Sums / panels; i++)
        {
            if (tile + i >= count)
                continue;
            for (var p = Unroll.From(0); p < panels; p++)
                FloatPanel.Store(scratch, sums + (long)(tile + i) * filters + filter + p * FloatPanel.Count, total[i * panels + p]);
        }
    }

    /// <summary>f(Aᵀ m A + bias) of a block's tiles, written to the pixels that the output has.</summary>
    private void TransformOutput(int first, int count, long sums)
    {
        var tile = new PixelCursor(first, Down, Across);
        for (var i = 0; i < count; i++, sums += filters)
        {
            var (row, column) = (tile.Row * Side, tile.Column * Side);
            var target = (((long)tile.Image * rows.Outputs + row) * columns.Outputs + column) * filters;
            var (hasRow, hasColumn) = (row + 1 < rows.Outputs, column + 1 < columns.Outputs);
            for (var filter = 0; filter < filters; filter += FloatPanel.Count)
            {
                var a = RegisterArray<FloatPanel>.Zeros(4);
                var b = RegisterArray<FloatPanel>.Zeros(4);
                for (var j = Unroll.From(0); j < 4; j++)
                {
                    var place = sums + filter + j * (long)SumPlane;
                    var (m0, m1) = (FloatPanel.Load(scratch, place), FloatPanel.Load(scratch, place + 4L * SumPlane));
                    var (m2, m3) = (FloatPanel.Load(scratch, place + 8L * SumPlane), FloatPanel.Load(scratch, place + 12L * SumPlane));
                    a[j] = m0 + m1 + m2;
                    b[j] = m1 - m2 - m3;
                }
                var start = FloatPanel.Broadcast(0);
                if (bias.Length > 0)
                    start = FloatPanel.Load(bias, filter);
                FloatPanel.Store(y, target + filter, activation.Value(a[0] + a[1] + a[2] + start));
                if (hasColumn)
                    FloatPanel.Store(y, target + filter + filters, activation.Value(a[1] - a[2] - a[3] + start));
                if (!hasRow)
                    continue;
                var below = target + filter + (long)columns.Outputs * filters;
                FloatPanel.Store(y, below, activation.Value(b[0] + b[1] + b[2] + start));
                if (hasColumn)
                    FloatPanel.Store(y, below + filters, activation.Value(b[1] - b[2] - b[3] + start));
            }
            tile.Advance(1, Down, Across);
        }
    }
}
