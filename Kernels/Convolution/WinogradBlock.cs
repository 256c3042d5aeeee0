using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>Some tiles of a Winograd convolution, transformed: planes of inputs <c>[tiles, depth]</c> and of sums <c>[tiles, filters]</c>.</summary>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe ref struct WinogradBlock<TVector, T>
    where TVector : struct, ILane<TVector, T>
    where T : unmanaged
{
    // Of a tile's outputs.
    private const int Side = 2;

    private const int Planes = WinogradTransform<TVector, T>.Planes;
    private const int BlockBytes = 384 << 10;
    private const int LineBytes = 64;

    private readonly ref readonly TapGrid grid;
    private readonly T* inputs;
    private readonly T* sums;
    private readonly T* zeros;
    private readonly nint inputPlane;
    private readonly nint sumPlane;

    /// <summary>A block in this thread's scratch memory.</summary>
    public WinogradBlock(in TapGrid grid)
    {
        this.grid = ref grid;
        var most = BlockBytes / (Planes * (grid.Depth + grid.Filters) * sizeof(T));
        MostTiles = Math.Clamp(most / WindowTile<PairRow<TVector, T>, T>.MaxPixels, 1, 8) * WindowTile<PairRow<TVector, T>, T>.MaxPixels;
        inputPlane = PlaneLength(grid.Depth);
        sumPlane = PlaneLength(grid.Filters);
        var zeroLength = Math.Max(PairRow<TVector, T>.Width, (nint)grid.Columns.Inputs * grid.Depth);
        inputs = HostScratch.Get<T>(HostScratch.Use.Windows, Planes * (inputPlane + sumPlane) + zeroLength);
        sums = inputs + Planes * inputPlane;
        zeros = sums + Planes * sumPlane;
        new Span<T>(zeros, (int)zeroLength).Clear();
    }

    /// <summary>The most tiles of a block.</summary>
    public int MostTiles { get; }

    /// <summary>Transforms the inputs of <paramref name="count"/> tiles from <paramref name="firstTile"/> on.</summary>
    public void TransformInput(T* x, long firstTile, int count)
    {
        var run = new Run(grid, firstTile, count);
        for (var target = inputs; run.Tiles > 0; target += run.Tiles * (nint)grid.Depth, run.MoveNext())
        {
            var rows = new TileRows<T>(
                x + run.Image * grid.Input.Image, grid.Rows.Input(run.Row, 0), grid.Rows.Inputs, grid.Input.Row, zeros);
            WinogradTransform<TVector, T>.Input(
                rows, grid.Columns.Input(run.Column, 0), grid.Columns.Inputs, grid.Depth, run.Tiles, target, inputPlane);
        }
    }

    /// <summary>In every plane, sums [tiles, filters] = inputs [tiles, depth] · filter [depth, filters].</summary>
    public void Multiply(T* filter, int count)
    {
        var panelWidth = PairRow<TVector, T>.Width;
        for (var plane = 0; plane < Planes; plane++)
        {
            for (var first = 0; first < grid.Filters; first += panelWidth)
            {
                if (grid.Filters - first >= panelWidth)
                    Panel<PairRow<TVector, T>>(plane, filter, first, count);
                else
                    Panel<SingleRow<TVector, T>>(plane, filter, first, count);
            }
            filter += (nint)grid.Depth * grid.Filters;
        }
    }

    /// <summary>Transforms the sums of <paramref name="count"/> tiles from <paramref name="firstTile"/> on to outputs.</summary>
    public void TransformOutput<TActivation>(T* bias, T* y, long firstTile, int count, TActivation activation)
        where TActivation : struct, IUnaryFunction
    {
        var run = new Run(grid, firstTile, count);
        for (var source = sums; run.Tiles > 0; source += run.Tiles * (nint)grid.Filters, run.MoveNext())
        {
            var output = y + run.Image * grid.Output.Image + run.Row * grid.Output.Row + run.Column * grid.Output.Pixel;
            var rowStep = run.Row + 1 < grid.Rows.Outputs ? grid.Output.Row : 0;
            // The last tile of a row may have one column only.
            var whole = Math.Min(run.Tiles, (grid.Columns.Outputs - run.Column) / Side);
            WinogradTransform<TVector, T>.Output(
                source, sumPlane, grid.Filters, whole, bias, output, rowStep, grid.Output.Pixel, activation);
            WinogradTransform<TVector, T>.Output(
                source + whole * (nint)grid.Filters, sumPlane, grid.Filters, run.Tiles - whole, bias,
                output + whole * Side * grid.Output.Pixel, rowStep, 0, activation);
        }
    }

    private void Panel<TRow>(int plane, T* filter, nint first, int count)
        where TRow : struct, ITileRow<TRow, T>
    {
        // Sixteen vector registers hold six rows of two; only AVX-512 and its kind have 32.
        var most = TVector.Count * sizeof(T) == LineBytes ? WindowTile<TRow, T>.MaxPixels : 6;
        var taps = new WindowTaps(1, 1, grid.Depth, 0, 0, 0);
        var input = inputs + plane * inputPlane;
        var sum = sums + plane * sumPlane + first;
        var parts = (count + most - 1) / most;
        for (var part = 0; part < parts; part++)
        {
            var tiles = count / parts + (part < count % parts ? 1 : 0);
            WindowTile<TRow, T>.Run(tiles, taps, input, grid.Depth, filter + first * grid.Depth, zeros, sum, grid.Filters);
            input += tiles * (nint)grid.Depth;
            sum += tiles * (nint)grid.Filters;
        }
    }

    // An odd number of cache lines, so that the planes' values of a tile do not all fall into the same cache set.
    private nint PlaneLength(int channels)
    {
        var lines = ((nint)MostTiles * channels * sizeof(T) + LineBytes - 1) / LineBytes;
        return (lines | 1) * LineBytes / sizeof(T);
    }

    /// <summary>Tiles side by side in one image: the block's tiles, row by row.</summary>
    private ref struct Run
    {
        private readonly ref readonly TapGrid grid;
        private int left;

        public Run(in TapGrid grid, long firstTile, int count)
        {
            this.grid = ref grid;
            var (across, down) = ((grid.Columns.Outputs + 1) / Side, (grid.Rows.Outputs + 1) / Side);
            Column = (int)(firstTile % across) * Side;
            Row = (int)(firstTile / across % down) * Side;
            Image = (nint)(firstTile / across / down);
            left = count;
            Tiles = Math.Min(left, across - Column / Side);
        }

        public nint Image { get; private set; }

        /// <summary>The first tile's output row.</summary>
        public int Row { get; private set; }

        /// <summary>The first tile's output column.</summary>
        public int Column { get; private set; }

        /// <summary>How many tiles; 0 at the end.</summary>
        public int Tiles { get; private set; }

        public void MoveNext()
        {
            left -= Tiles;
            Tiles = Math.Min(left, (grid.Columns.Outputs + 1) / Side);
            Column = 0;
            Row += Side;
            if (Row < grid.Rows.Outputs)
                return;
            Row = 0;
            Image++;
        }
    }
}
