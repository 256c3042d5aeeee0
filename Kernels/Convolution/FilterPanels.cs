using GpuKeras.Kernels.Indexing;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>Copies a filter in the order in which the direct convolution reads it.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="target">
/// For each group, panels <c>[tap rows, tap columns, depth, width]</c> of a tile's width; the last may be narrower, and is filled up
/// with zeros.
/// </param>
/// <param name="grid">The convolution.</param>
/// <param name="sizes">The sizes of the filter.</param>
/// <param name="transpose">Whether the filter's output channels are the depth: in the input gradient.</param>
internal readonly unsafe struct FilterPanels<T>(T* filter, T* target, TapGrid grid, ConvolutionSizes sizes, bool transpose)
    : IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly T* filter = filter;
    private readonly T* target = target;
    private readonly TapGrid grid = grid;

    private int Taps => grid.Rows.Taps * grid.Columns.Taps;

    /// <summary>Copies the filter to memory of the calling thread that stays as it is until the next call.</summary>
    public static T* Pack(T* filter, in TapGrid grid, in ConvolutionSizes sizes, bool transpose)
    {
        const int widest = 2 * LaneTail.WidestRegister;
        var columns = (grid.Filters + widest - 1) / widest * widest;
        var panels = HostScratch.Get<T>(HostScratch.Use.Filter, grid.Groups * grid.WindowLength * columns);
        var body = new FilterPanels<T>(filter, panels, grid, sizes, transpose);
        HostThreads.For(grid.Groups * body.Taps, HostLoop.UnitsPerThread((double)grid.Depth * grid.Filters), body);
        return panels;
    }

    /// <summary>Copies taps <paramref name="start"/> to <paramref name="end"/>, numbered across the groups.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, FilterPanels<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var panelWidth = PairRow<TVector, TElement>.Width;
        var groupColumns = (grid.Filters + TVector.Count - 1) / TVector.Count * TVector.Count;
        for (var unit = start; unit < end; unit++)
        {
            var (group, tap) = ((nint)(unit / Taps), (int)(unit % Taps));
            var row = grid.Rows.FilterFirst + tap / grid.Columns.Taps * grid.Rows.FilterStep;
            var column = grid.Columns.FilterFirst + tap % grid.Columns.Taps * grid.Columns.FilterStep;
            var data = (TElement*)filter
                + ((nint)row * sizes.KernelWidth + column) * sizes.GroupInputChannels * sizes.OutputChannels
                + group * sizes.GroupOutputChannels;
            var source = StridedMatrix<TElement>.RowMajor(data, sizes.OutputChannels, transpose);
            var panels = (TElement*)target + group * grid.WindowLength * groupColumns;
            for (var first = 0; first < grid.Filters; first += panelWidth)
            {
                var columns = Math.Min(panelWidth, grid.Filters - first);
                var width = columns > TVector.Count ? panelWidth : TVector.Count;
                Pack<TVector, TElement>(
                    source.From(0, first), columns, panels + grid.WindowLength * first + (nint)tap * grid.Depth * width, width);
            }
        }
    }

    /// <summary>Copies one tap's block <c>[depth, columns]</c> to rows of <paramref name="width"/> elements.</summary>
    private void Pack<TVector, TElement>(StridedMatrix<TElement> source, int columns, TElement* block, int width)
        where TVector : struct, ILane<TVector, TElement>
        where TElement : unmanaged
    {
        nint depth = grid.Depth, k = 0;
        if (source.ColumnStride == 1 && columns == width)
        {
            for (; k < depth; k++)
            {
                for (var j = 0; j < width; j += TVector.Count)
                    TVector.Load(source.Data + k * source.RowStride + j).Store(block + k * width + j);
            }
            return;
        }
        const int side = RegisterTranspose.Side;
        var whole = typeof(TElement) == typeof(float) && source.RowStride == 1 && RegisterTranspose.IsSupported ? columns / side * side : 0;
        for (; k + side <= depth && whole > 0; k += side)
        {
            for (var j = 0; j < whole; j += side)
            {
                RegisterTranspose.Square(
                    (float*)(source.Data + k + j * source.ColumnStride), source.ColumnStride, (float*)(block + k * width + j), width);
            }
            PackElements(source, k, k + side, whole, columns, block, width);
        }
        PackElements(source, k, depth, 0, columns, block, width);
    }

    private static void PackElements<TElement>(
        StridedMatrix<TElement> source, nint firstRow, nint endRow, int firstColumn, int columns, TElement* block, int width)
        where TElement : unmanaged
    {
        for (var k = firstRow; k < endRow; k++)
        {
            for (var j = firstColumn; j < width; j++)
                block[k * width + j] = j < columns ? source.Data[k * source.RowStride + j * source.ColumnStride] : default;
        }
    }
}
