using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>Transforms the panels of a 3 × 3 filter to the 16 planes that Winograd's products read.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="panels">The filter as <see cref="FilterPanels{T}"/> arranges it: panels <c>[tap rows, tap columns, depth, width]</c>.</param>
/// <param name="target">Planes of panels <c>[depth, width]</c>.</param>
/// <param name="grid">The convolution.</param>
internal readonly unsafe struct WinogradFilter<T>(T* panels, T* target, TapGrid grid) : IRangeBody, ILaneBody
    where T : unmanaged
{
    private const double OperationsPerElement = 50;

    private readonly T* panels = panels;
    private readonly T* target = target;
    private readonly TapGrid grid = grid;

    /// <summary>Transforms a filter to memory of the calling thread that stays as it is until the next call.</summary>
    public static T* Transform(T* filter, in TapGrid grid, in ConvolutionSizes sizes, bool transpose)
    {
        var planes = WinogradTransform<DoubleLane, double>.Planes;
        var panels = FilterPanels<T>.Pack(filter, grid, sizes, transpose);
        var target = HostScratch.Get<T>(HostScratch.Use.TransformedFilter, (nint)planes * grid.Depth * grid.Filters);
        HostThreads.For(
            grid.Depth, HostLoop.UnitsPerThread(OperationsPerElement * grid.Filters), new WinogradFilter<T>(panels, target, grid));
        return target;
    }

    /// <summary>Transforms depths <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, WinogradFilter<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var panelWidth = PairRow<TVector, TElement>.Width;
        for (var first = 0; first < grid.Filters; first += panelWidth)
        {
            var width = Math.Min(panelWidth, grid.Filters - first);
            var panel = (TElement*)panels + grid.WindowLength * first;
            var result = (TElement*)target + (nint)grid.Depth * first;
            for (var k = (nint)start; k < end; k++)
            {
                for (var j = 0; j < width; j += TVector.Count)
                {
                    WinogradTransform<TVector, TElement>.Filter(
                        panel + k * width + j, (nint)grid.Depth * width, result + k * width + j, (nint)grid.Depth * grid.Filters);
                }
            }
        }
    }
}
