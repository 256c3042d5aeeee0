using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A convolution that multiplies the input's windows where they lie: y = f(x ∗ filter + bias).</summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input.</param>
/// <param name="panels">The filter as <see cref="FilterPanels{T}"/> arranges it.</param>
/// <param name="bias">The bias, or null.</param>
/// <param name="y">The output.</param>
/// <param name="grid">The convolution.</param>
/// <param name="activation">f's parameters.</param>
/// <remarks>
/// In images with the channels last, the window of a pixel is one contiguous run for each row of the filter, and the windows of
/// neighbouring pixels lie one pixel apart: they are the rows of a matrix product whose left operand is the input itself. Each
/// output is summed in order of the taps by one accumulator, so its bits do not depend on how the pixels are cut into tiles or
/// split over threads.
/// </remarks>
internal readonly unsafe struct DirectConvolution<TActivation, T>(
    T* x, T* panels, T* bias, T* y, TapGrid grid, TActivation activation) : IRangeBody, ILaneBody
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    // Panels of up to half of a second-level cache of 1 MB stay there from image to image.
    private const int CachedBytes = 1 << 19;

    // With fewer rows than this, rows are split as well, into blocks of several tiles.
    private const int EnoughRows = 64;
    private const int BlockColumns = 56;

    private readonly T* x = x;
    private readonly T* panels = panels;
    private readonly T* bias = bias;
    private readonly T* y = y;
    private readonly TapGrid grid = grid;
    private readonly TActivation activation = activation;

    private int BlocksPerRow => (long)grid.Batch * grid.Rows.Outputs >= EnoughRows
        ? 1
        : Math.Max(1, (grid.Columns.Outputs + BlockColumns - 1) / BlockColumns);

    // Images too small for a tile of neighbouring pixels: a tile takes one pixel of several images.
    private bool TilesAcrossImages => Math.Max(grid.Rows.Outputs, grid.Columns.Outputs) <= 4;

    /// <summary>Packs the filter and computes the output, split over the host's threads.</summary>
    /// <param name="x">The input.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="y">The output.</param>
    /// <param name="grid">The convolution.</param>
    /// <param name="sizes">The sizes of the filter.</param>
    /// <param name="transpose">Whether the filter's output channels are summed over: in the input gradient.</param>
    /// <param name="activation">f's parameters.</param>
    public static void Compute(
        T* x, T* filter, T* bias, T* y, in TapGrid grid, in ConvolutionSizes sizes, bool transpose, TActivation activation)
    {
        var panels = FilterPanels<T>.Pack(filter, grid, sizes, transpose);
        var body = new DirectConvolution<TActivation, T>(x, panels, bias, y, grid, activation);
        var units = (long)grid.Batch * grid.Rows.Outputs * body.BlocksPerRow;
        var pixelsPerUnit = (double)grid.Columns.Outputs / body.BlocksPerRow;
        HostThreads.For(units, HostLoop.UnitsPerThread(2 * pixelsPerUnit * grid.WindowLength * grid.Filters * grid.Groups), body);
    }

    /// <summary>Computes units <paramref name="start"/> to <paramref name="end"/>: rows, or blocks of rows, of all images in turn.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, DirectConvolution<TActivation, T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var (blocks, rows, columns) = (BlocksPerRow, grid.Rows.Outputs, grid.Columns.Outputs);
        var perImage = (long)rows * blocks;
        for (var unit = start; unit < end;)
        {
            var (image, first) = ((int)(unit / perImage), (int)(unit % perImage));
            if (blocks > 1)
            {
                var column = first % blocks * BlockColumns;
                Box<TVector, TElement>(
                    new(image, image + 1, first / blocks, first / blocks + 1, column, Math.Min(columns, column + BlockColumns)));
                unit++;
                continue;
            }
            // As many whole images as there are, or the rest of one.
            var images = first > 0 ? 1 : Math.Max(1, (int)((end - unit) / rows));
            var last = (int)Math.Min(rows, first + end - unit);
            Box<TVector, TElement>(new(image, image + images, first, last, 0, columns));
            unit += (long)images * (last - first);
        }
    }

    private void Box<TVector, TElement>(in PixelBox box)
        where TVector : struct, ILane<TVector, TElement>
        where TElement : unmanaged
    {
        var panelBytes = (nint)grid.Groups * grid.WindowLength * grid.Filters * sizeof(T);
        if (TilesAcrossImages || panelBytes > CachedBytes)
        {
            Panels<TVector, TElement>(box);
            return;
        }
        for (var image = box.FirstImage; image < box.EndImage; image++)
            Panels<TVector, TElement>(box with { FirstImage = image, EndImage = image + 1 });
    }

    [SkipLocalsInit]
    private void Panels<TVector, TElement>(in PixelBox box)
        where TVector : struct, ILane<TVector, TElement>
        where TElement : unmanaged
    {
        var start = stackalloc TElement[2 * LaneTail.WidestRegister];
        var panelWidth = PairRow<TVector, TElement>.Width;
        var panel = (TElement*)panels;
        for (var group = 0; group < grid.Groups; group++)
        {
            var input = (TElement*)x + (nint)group * grid.Depth;
            for (var first = 0; first < grid.Filters; first += panelWidth)
            {
                var filters = Math.Min(panelWidth, grid.Filters - first);
                var width = filters > TVector.Count ? panelWidth : TVector.Count;
                var channel = (nint)group * grid.Filters + first;
                for (var j = 0; j < width; j++)
                    start[j] = bias == null || j >= filters ? default : ((TElement*)bias)[channel + j];
                var output = (TElement*)y + channel;
                if (width == panelWidth)
                    new DirectPanel<PairRow<TVector, TElement>, TVector, TActivation, TElement>(
                        grid, input, panel, start, output, filters, activation).Run(box);
                else
                    new DirectPanel<SingleRow<TVector, TElement>, TVector, TActivation, TElement>(
                        grid, input, panel, start, output, filters, activation).Run(box);
                panel += grid.WindowLength * width;
            }
        }
    }
}
