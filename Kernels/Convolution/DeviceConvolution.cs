using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>Queues y = f(x ∗ filter + bias) for a <see cref="TapGrid"/> on a device, and filter gradients.</summary>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// On a GPU a convolution is a matrix product [pixels, window] · [window, filters] for each group, whose left operand is read from
/// the image; on a CPU-like device it is computed as on the host: directly, where the sums of a few pixels and 32 filters stay in
/// registers (<see cref="PanelConvolution{TActivation}"/>), or by Winograd's method (<see cref="PanelWinograd{TActivation}"/>).
/// </remarks>
internal static class DeviceConvolution<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <summary>y = f(x ∗ filter + bias); the parameters are those of <see cref="ConvolutionMethod.Compute"/>.</summary>
    public static void Launch<TActivation>(
        ILauncher launcher, ArrayView<T> x, ArrayView<T> filter, ArrayView<T> bias, ArrayView<T> y, in TapGrid grid,
        in ConvolutionSizes sizes, bool transpose, TActivation activation)
        where TActivation : struct, IUnaryFunction
    {
        if (grid.Batch == 0 || grid.Rows.Outputs == 0 || grid.Columns.Outputs == 0 || grid.Filters == 0)
            return;
        var geometry = new WindowGeometry(grid);
        var epilogue = new ConvolutionEpilogue<TActivation, TLane, T>(y, bias, new OutputPixels(grid), grid.Filters, activation);
        if (geometry.WindowLength == 0)
        {
            launcher.Launch(
                (long)geometry.Pixels * grid.Groups * grid.Filters, EmptySum,
                (epilogue, grid.Groups, grid.Filters));
            return;
        }
        var weights = new FilterGeometry(grid, sizes, transpose);
        if (launcher.Profile.IsCpuLike && typeof(T) == typeof(float))
            LaunchPanels(launcher, x.Cast<float>(), filter.Cast<float>(), bias.Cast<float>(), y.Cast<float>(), grid, weights, activation);
        else
            Product(
                launcher, new WindowSource<PixelLines, T>(x, geometry), new FilterSource<T>(filter, weights), epilogue, grid.Groups, geometry.Pixels,
                grid.Filters, geometry.WindowLength);
    }

    /// <summary>The gradient of a convolution with respect to its filter.</summary>
    public static void LaunchFilterGradient(
        ILauncher launcher, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dfilter, in ConvolutionSizes sizes)
    {
        if (dfilter.Length == 0)
            return;
        if (sizes.OutputPixels == 0)
        {
            launcher.Launch(dfilter.Length, Clear, dfilter);
            return;
        }
        var grid = TapGrid.Forward(sizes);
        var geometry = new WindowGeometry(grid);
        if (launcher.Profile.IsCpuLike && typeof(T) == typeof(float))
            PanelFilterGradient.Launch(launcher, x.Cast<float>(), dy.Cast<float>(), dfilter.Cast<float>(), grid, FilterGradientOrder.Parts(sizes));
        else
            Product(
                launcher, new WindowSource<PlaceLines, T>(x, geometry),
                new ChannelSource<T>(dy, sizes.OutputChannels, sizes.GroupOutputChannels),
                new FilterGradientEpilogue<T>(dfilter, sizes.OutputChannels, sizes.GroupOutputChannels), sizes.Groups,
                geometry.WindowLength, sizes.GroupOutputChannels, geometry.Pixels);
    }

    private static void LaunchPanels<TActivation>(
        ILauncher launcher, ArrayView<float> x, ArrayView<float> filter, ArrayView<float> bias, ArrayView<float> y, in TapGrid grid,
        in FilterGeometry weights, TActivation activation)
        where TActivation : struct, IUnaryFunction
    {
        if (ConvolutionMethod.UsesWinograd && WinogradConvolution<TActivation, float>.Suits(grid))
            PanelWinograd<TActivation>.Launch(launcher, x, filter, bias, y, grid, weights, activation);
        else
            PanelConvolution<TActivation>.Launch(launcher, x, filter, bias, y, grid, weights, activation);
    }

    private static void Product<TLeft, TRight, TEpilogue>(
        ILauncher launcher, in TLeft left, in TRight right, in TEpilogue epilogue, int matrices, int m, int n, int k)
        where TLeft : struct, ITileSource<T>
        where TRight : struct, ITileSource<T>
        where TEpilogue : struct, ITileEpilogue<T>
    {
        if (launcher.Profile.IsCpuLike)
            new SourceProduct<TLeft, TRight, TEpilogue, T>(left, right, epilogue, m, n, k).Launch(launcher, matrices);
        else
            TiledProducts.Launch<TLeft, TRight, TEpilogue, T>(launcher, left, right, epilogue, matrices, m, n, k);
    }

    // Without taps or channels every sum is empty.
    private static void EmptySum<TActivation>(
        Index1D index, (ConvolutionEpilogue<TActivation, TLane, T> Epilogue, int Groups, int Filters) work)
        where TActivation : struct, IUnaryFunction
    {
        var line = index.X / work.Filters;
        work.Epilogue.Store(line % work.Groups, line / work.Groups, index.X - line * work.Filters, default, 1);
    }

    private static void Clear(Index1D index, ArrayView<T> view) => view[index] = default;
}
