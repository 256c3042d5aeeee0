using System.Runtime.CompilerServices;
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
    // Side of a tile's outputs and of its inputs.
    private const int Side = 2;
    private const int InputSide = 4;

    private const int Planes = WinogradTransform<TVector, T>.Planes;
    private const int BlockBytes = 384 << 10;
    private const int LineBytes = 64;

    private readonly ref readonly TapGrid grid;
    private readonly T* inputs;
    private readonly T* sums;
    private readonly T* edge;
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
        edge = HostScratch.Get<T>(HostScratch.Use.Windows, InputSide * InputSide * grid.Depth + Planes * (inputPlane + sumPlane));
        inputs = edge + InputSide * InputSide * grid.Depth;
        sums = inputs + Planes * inputPlane;
    }

    /// <summary>The most tiles of a block.</summary>
    public int MostTiles { get; }

    /// <summary>Transforms the inputs of <paramref name="count"/> tiles from <paramref name="firstTile"/> on.</summary>
    public void TransformInput(T* x, long firstTile, int count)
    {
        var position = new Position(grid, firstTile);
        for (var tile = 0; tile < count; tile++, position.MoveNext())
        {
            var row = grid.Rows.Input(position.Row, 0);
            var column = grid.Columns.Input(position.Column, 0);
            var source = x + position.Image * grid.Input.Image + row * grid.Input.Row + column * grid.Input.Pixel;
            var (rowStep, pixelStep) = (grid.Input.Row, grid.Input.Pixel);
            if (row < 0 || column < 0 || row + InputSide > grid.Rows.Inputs || column + InputSide > grid.Columns.Inputs)
            {
                CopyEdge(source, row, column);
                source = edge;
                (rowStep, pixelStep) = (InputSide * grid.Depth, grid.Depth);
            }
            WinogradTransform<TVector, T>.Input(source, rowStep, pixelStep, grid.Depth, inputs + tile * (nint)grid.Depth, inputPlane);
        }
    }

    /// <summary>In every plane, sums [tiles, filters] = inputs [tiles, depth] · filter [depth, filters].</summary>
    [SkipLocalsInit]
    public void Multiply(T* filter, int count)
    {
        var zeros = stackalloc T[2 * LaneTail.WidestRegister];
        new Span<T>(zeros, 2 * LaneTail.WidestRegister).Clear();
        var panelWidth = PairRow<TVector, T>.Width;
        for (var plane = 0; plane < Planes; plane++)
        {
            for (var first = 0; first < grid.Filters; first += panelWidth)
            {
                if (grid.Filters - first >= panelWidth)
                    Panel<PairRow<TVector, T>>(plane, filter, first, zeros, count);
                else
                    Panel<SingleRow<TVector, T>>(plane, filter, first, zeros, count);
            }
            filter += (nint)grid.Depth * grid.Filters;
        }
    }

    /// <summary>Transforms the sums of <paramref name="count"/> tiles from <paramref name="firstTile"/> on to outputs.</summary>
    public void TransformOutput<TActivation>(T* bias, T* y, long firstTile, int count, TActivation activation)
        where TActivation : struct, IUnaryFunction
    {
        var position = new Position(grid, firstTile);
        for (var tile = 0; tile < count; tile++, position.MoveNext())
        {
            WinogradTransform<TVector, T>.Output(
                sums + tile * (nint)grid.Filters,
                sumPlane,
                grid.Filters,
                bias,
                y + position.Image * grid.Output.Image + position.Row * grid.Output.Row + position.Column * grid.Output.Pixel,
                position.Row + 1 < grid.Rows.Outputs ? grid.Output.Row : 0,
                position.Column + 1 < grid.Columns.Outputs ? grid.Output.Pixel : 0,
                activation);
        }
    }

    private void Panel<TRow>(int plane, T* filter, nint first, T* zeros, int count)
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

    /// <summary>Copies a tile's inputs; zeros outside the image.</summary>
    private void CopyEdge(T* source, int row, int column)
    {
        var target = edge;
        for (var i = 0; i < InputSide; i++)
        {
            for (var j = 0; j < InputSide; j++, target += grid.Depth)
            {
                var inside = row + i >= 0 && row + i < grid.Rows.Inputs && column + j >= 0 && column + j < grid.Columns.Inputs;
                var pixel = source + i * grid.Input.Row + j * grid.Input.Pixel;
                for (var c = 0; c < grid.Depth; c += TVector.Count)
                    (inside ? TVector.Load(pixel + c) : default).Store(target + c);
            }
        }
    }

    // An odd number of cache lines, so that the planes' values of a tile do not all fall into the same cache set.
    private nint PlaneLength(int channels)
    {
        var lines = ((nint)MostTiles * channels * sizeof(T) + LineBytes - 1) / LineBytes;
        return (lines | 1) * LineBytes / sizeof(T);
    }

    /// <summary>A tile's first output pixel, counted on without divisions.</summary>
    private ref struct Position
    {
        private readonly ref readonly TapGrid grid;

        public Position(in TapGrid grid, long tile)
        {
            this.grid = ref grid;
            var (across, down) = ((grid.Columns.Outputs + 1) / Side, (grid.Rows.Outputs + 1) / Side);
            Column = (int)(tile % across) * Side;
            Row = (int)(tile / across % down) * Side;
            Image = (nint)(tile / across / down);
        }

        public nint Image { get; private set; }

        public int Row { get; private set; }

        public int Column { get; private set; }

        public void MoveNext()
        {
            Column += Side;
            if (Column < grid.Columns.Outputs)
                return;
            Column = 0;
            Row += Side;
            if (Row < grid.Rows.Outputs)
                return;
            Row = 0;
            Image++;
        }
    }
}
