using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A direct convolution's output channels of one panel: the output's pixels are cut into tiles.</summary>
/// <typeparam name="TRow">The panel's output channels.</typeparam>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="TActivation">f.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="grid">The convolution.</param>
/// <param name="x">The input, from the panel's group of channels on.</param>
/// <param name="panel">The panel.</param>
/// <param name="start">What every pixel's sums start from: the bias or zeros, as wide as the panel.</param>
/// <param name="y">The output, from the panel's first channel on.</param>
/// <param name="filters">How many of the panel's columns there are in the output.</param>
/// <param name="activation">f's parameters.</param>
internal readonly unsafe ref struct DirectPanel<TRow, TVector, TActivation, T>(
    in TapGrid grid, T* x, T* panel, T* start, T* y, int filters, TActivation activation)
    where TRow : struct, ITileRow<TRow, T>
    where TVector : struct, ILane<TVector, T>
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    private const int AliasingBytes = 4096;

    private readonly ref readonly TapGrid grid = ref grid;
    private readonly T* x = x;
    private readonly T* panel = panel;
    private readonly T* start = start;
    private readonly T* y = y;

    /// <summary>Computes the pixels of a box of images, rows and columns.</summary>
    /// <remarks>
    /// Pixels at the edges see inputs through fewer taps. The box is cut into rectangles of pixels with the same taps, so that no
    /// zeros are multiplied and no input is copied; the windows of a rectangle's row, of its column, and of one pixel in all images,
    /// lie at equal distances, and any of the three can be cut into tiles.
    /// </remarks>
    public void Run(in PixelBox box)
    {
        for (var row = box.FirstRow; row < box.EndRow;)
        {
            var rows = grid.Rows.RunAt(row, box.EndRow);
            for (var column = box.FirstColumn; column < box.EndColumn;)
            {
                var columns = grid.Columns.RunAt(column, box.EndColumn);
                Rectangle(box, rows, columns);
                column += columns.Count;
            }
            row += rows.Count;
        }
    }

    private void Rectangle(in PixelBox box, in TapRun rows, in TapRun columns)
    {
        var taps = new WindowTaps(
            rows.Taps, columns.Taps, grid.Depth, grid.Rows.Dilation * grid.Input.Row, grid.Columns.Dilation * grid.Input.Pixel,
            (nint)grid.Columns.Taps * grid.Depth).Joined;
        var weights = panel + ((nint)rows.FirstTap * grid.Columns.Taps + columns.FirstTap) * grid.Depth * TRow.Width;
        var input = x
            + box.FirstImage * grid.Input.Image
            + grid.Rows.Input(rows.First, rows.FirstTap) * grid.Input.Row
            + grid.Columns.Input(columns.First, columns.FirstTap) * grid.Input.Pixel;
        var output = y
            + box.FirstImage * grid.Output.Image
            + (grid.Rows.OutputFirst + (nint)rows.First * grid.Rows.OutputStep) * grid.Output.Row
            + (grid.Columns.OutputFirst + (nint)columns.First * grid.Columns.OutputStep) * grid.Output.Pixel;

        var across = new PixelLine(columns.Count, grid.Columns.Stride * grid.Input.Pixel, grid.Columns.OutputStep * grid.Output.Pixel);
        var down = new PixelLine(rows.Count, grid.Rows.Stride * grid.Input.Row, grid.Rows.OutputStep * grid.Output.Row);
        var images = new PixelLine(box.EndImage - box.FirstImage, grid.Input.Image, grid.Output.Image);
        // Neighbours in a row are the first choice, because they share cache lines; a line of one pixel wastes most of a tile.
        var (line, second, third) = across.Count >= Math.Min(MostPixels(across) / 2, Math.Max(down.Count, images.Count))
            ? (across, down, images)
            : down.Count >= images.Count ? (down, across, images) : (images, across, down);
        for (nint i = 0; i < third.Count; i++)
        {
            for (nint j = 0; j < second.Count; j++)
            {
                Line(
                    taps, weights, line, input + i * third.InputStep + j * second.InputStep,
                    output + i * third.OutputStep + j * second.OutputStep);
            }
        }
    }

    // Sixteen vector registers hold six rows of two; only AVX-512 and its kind have 32. Windows whose distance is a multiple of a
    // page share the sets of the first-level cache, which hold eight lines each.
    private static int MostPixels(in PixelLine line) =>
        TVector.Count * sizeof(T) != 64 ? 6 : line.InputStep * sizeof(T) % AliasingBytes == 0 ? 7 : WindowTile<TRow, T>.MaxPixels;

    private void Line(in WindowTaps taps, T* weights, in PixelLine line, T* input, T* output)
    {
        var most = MostPixels(line);
        var tiles = (line.Count + most - 1) / most;
        for (var tile = 0; tile < tiles; tile++)
        {
            // Split evenly, so that no tile is left with too few pixels to keep the multipliers busy.
            var pixels = line.Count / tiles + (tile < line.Count % tiles ? 1 : 0);
            if (filters == TRow.Width)
            {
                WindowTile<TRow, T>.Run(pixels, taps, input, line.InputStep, weights, start, output, line.OutputStep);
                Activate(output, line.OutputStep, pixels);
            }
            else
            {
                PartialTile(pixels, taps, weights, line, input, output);
            }
            input += pixels * line.InputStep;
            output += pixels * line.OutputStep;
        }
    }

    /// <summary>A tile with fewer output channels than the panel's width: computed aside, and copied.</summary>
    [SkipLocalsInit]
    private void PartialTile(int pixels, in WindowTaps taps, T* weights, in PixelLine line, T* input, T* output)
    {
        var tile = stackalloc T[WindowTile<TRow, T>.MaxPixels * 2 * LaneTail.WidestRegister];
        WindowTile<TRow, T>.Run(pixels, taps, input, line.InputStep, weights, start, tile, TRow.Width);
        Activate(tile, TRow.Width, pixels);
        for (var i = 0; i < pixels; i++)
        {
            for (var j = 0; j < filters; j++)
                output[i * line.OutputStep + j] = tile[i * TRow.Width + j];
        }
    }

    private void Activate(T* tile, nint stride, int pixels)
    {
        if (typeof(TActivation) == typeof(Identity))
            return;
        for (var i = 0; i < pixels; i++)
        {
            for (var j = 0; j < TRow.Width; j += TVector.Count)
                activation.Value(TVector.Load(tile + i * stride + j)).Store(tile + i * stride + j);
        }
    }

    /// <summary>Pixels at equal distances.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="InputStep">Elements from the window of one to that of the next.</param>
    /// <param name="OutputStep">Elements from one to the next in the output.</param>
    private readonly record struct PixelLine(int Count, nint InputStep, nint OutputStep);
}
