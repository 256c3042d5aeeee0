namespace GpuKeras.Kernels.Convolution;

/// <summary>The gradient of a convolution with respect to its filter.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, output channels]</c>.</param>
/// <param name="dfilter">The filter's gradient <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="sizes">The sizes of the forward convolution.</param>
public readonly unsafe struct ConvolutionFilterGradientKernel<T>(
    ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dfilter, ConvolutionSizes sizes) : IKernel, IPartialSum
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dfilter = dfilter;
    private readonly ConvolutionSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "conv2d_filter_gradient";

    /// <inheritdoc/>
    public void RunHost() =>
        PartialSums.Sum(this, FilterGradientOrder.Rows(sizes), FilterGradientOrder.Parts(sizes), dfilter);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (typeof(T) == typeof(float))
            DeviceConvolution<FloatLane, float>.LaunchFilterGradient(
                launcher, x.Cast<float>(), dy.Cast<float>(), dfilter.Cast<float>(), sizes);
        else
            DeviceConvolution<DoubleLane, double>.LaunchFilterGradient(
                launcher, x.Cast<double>(), dy.Cast<double>(), dfilter.Cast<double>(), sizes);
    }

    void IPartialSum.Sum<TVector, TScalar, TElement>(long first, long last, TElement* target)
    {
        if (first == last || sizes.OutputWidth == 0)
        {
            new Span<TElement>(target, (int)sizes.FilterLength).Clear();
            return;
        }
        var block = new FilterGradientBlock<TVector, TScalar, TElement>(sizes, (TElement*)x.Pointer, (TElement*)dy.Pointer, target);
        var rows = FilterGradientOrder.RowsAtOnce(sizes.OutputWidth);
        for (var row = first; row < last; row += rows)
            block.Add(row, Math.Min(last, row + rows), accumulate: row > first);
    }
}
