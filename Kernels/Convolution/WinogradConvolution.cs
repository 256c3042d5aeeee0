using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A 3 × 3 convolution by Winograd's minimal filtering: 16 products where the direct convolution needs 36.</summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input.</param>
/// <param name="filter">The filter as <see cref="WinogradFilter{T}"/> arranges it.</param>
/// <param name="bias">The bias, or null.</param>
/// <param name="y">The output.</param>
/// <param name="grid">The convolution.</param>
/// <param name="activation">f's parameters.</param>
/// <remarks>
/// The output is cut into tiles of 2 × 2 pixels. The tiles of a block are transformed to 16 planes <c>[tiles, depth]</c>, each of
/// which is multiplied by its plane of the filter <c>[depth, filters]</c>, and the products are transformed back: a block's planes,
/// and the filter's, are to stay in the second-level cache. Every tile is computed in the same order wherever it lies, so results
/// do not depend on blocks or threads. An infinity or NaN in a tile's 4 × 4 inputs makes NaN of all its four outputs.
/// </remarks>
internal readonly unsafe struct WinogradConvolution<TActivation, T>(
    T* x, T* filter, T* bias, T* y, TapGrid grid, TActivation activation) : IRangeBody, ILaneBody
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    // Whole registers of any width, and enough of them that the transforms cost little beside the products.
    private const int ChannelMultiple = LaneTail.WidestRegister;
    private const int FewestTiles = 32;

    private readonly T* x = x;
    private readonly T* filter = filter;
    private readonly T* bias = bias;
    private readonly T* y = y;
    private readonly TapGrid grid = grid;
    private readonly TActivation activation = activation;

    /// <summary>Whether the method applies and pays.</summary>
    public static bool Suits(in TapGrid grid) =>
        IsWhole(grid.Rows) && IsWhole(grid.Columns) && grid.Groups == 1
        && grid.Depth > 0 && grid.Depth % ChannelMultiple == 0 && grid.Filters % ChannelMultiple == 0
        && Tiles(grid) >= FewestTiles;

    /// <summary>Transforms the filter and computes the output, split over the host's threads.</summary>
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
        var planes = WinogradFilter<T>.Transform(filter, grid, sizes, transpose);
        var operationsPerTile = 2.0 * WinogradTransform<DoubleLane, double>.Planes * grid.Depth * grid.Filters;
        HostThreads.For(
            Tiles(grid), HostLoop.UnitsPerThread(operationsPerTile),
            new WinogradConvolution<TActivation, T>(x, planes, bias, y, grid, activation));
    }

    /// <summary>Computes tiles <paramref name="start"/> to <paramref name="end"/>, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, WinogradConvolution<TActivation, T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var block = new WinogradBlock<TVector, TElement>(grid);
        for (var tile = start; tile < end; tile += block.MostTiles)
        {
            var count = (int)Math.Min(block.MostTiles, end - tile);
            block.TransformInput((TElement*)x, tile, count);
            block.Multiply((TElement*)filter, count);
            block.TransformOutput((TElement*)bias, (TElement*)y, tile, count, activation);
        }
    }

    private static bool IsWhole(in TapAxis axis) => axis.Taps == 3 && axis.Stride == 1 && axis.Dilation == 1 && axis.OutputStep == 1;

    private static long Tiles(in TapGrid grid) => (long)grid.Batch * ((grid.Rows.Outputs + 1) / 2) * ((grid.Columns.Outputs + 1) / 2);
}
