using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The gradient of a convolution with respect to its input, which is also the transposed convolution.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dy">The output's gradient <c>[batch, output height, output width, output channels]</c>.</param>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="dx">The input's gradient <c>[batch, height, width, channels]</c>.</param>
/// <param name="sizes">The sizes of the forward convolution.</param>
public readonly unsafe struct ConvolutionInputGradientKernel<T>(
    ArrayView<T> dy, ArrayView<T> filter, ArrayView<T> dx, ConvolutionSizes sizes) : IKernel
    where T : unmanaged
{
    // Below this, most of a register that holds the channels of a pixel would be empty.
    private const int FewChannels = 8;

    /// <inheritdoc/>
    public static string Name => "conv2d_input_gradient";

    /// <inheritdoc/>
    public void RunHost()
    {
        if (sizes.IsPointwise && sizes.Groups == 1)
        {
            var product = new MatMulSizes((int)sizes.OutputPixels, sizes.InputChannels, sizes.OutputChannels, TransposeB: true);
            new MatMulKernel<Identity, T>(dy, filter, default, dx, product).RunHost();
            return;
        }
        if (sizes.GroupInputChannels < FewChannels)
        {
            ScatteredInputGradient<T>.Compute(dy, filter, dx, sizes);
            return;
        }
        for (var row = 0; row < sizes.StrideHeight; row++)
        {
            for (var column = 0; column < sizes.StrideWidth; column++)
            {
                ConvolutionMethod.Compute(
                    dy.Pointer, filter.Pointer, null, dx.Pointer, TapGrid.InputGradient(sizes, row, column), sizes, transpose: true,
                    default(Identity));
            }
        }
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (sizes.IsPointwise && sizes.Groups == 1)
        {
            var product = new MatMulSizes((int)sizes.OutputPixels, sizes.InputChannels, sizes.OutputChannels, TransposeB: true);
            new MatMulKernel<Identity, T>(dy, filter, default, dx, product).RunDevice(launcher);
        }
        else if (typeof(T) == typeof(float))
        {
            LaunchPhases<FloatLane, float>(launcher);
        }
        else
        {
            LaunchPhases<DoubleLane, double>(launcher);
        }
    }

    private void LaunchPhases<TLane, TElement>(ILauncher launcher)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        for (var row = 0; row < sizes.StrideHeight; row++)
        {
            for (var column = 0; column < sizes.StrideWidth; column++)
                DeviceConvolution<TLane, TElement>.Launch(
                    launcher, dy.Cast<TElement>(), filter.Cast<TElement>(), default, dx.Cast<TElement>(),
                    TapGrid.InputGradient(sizes, row, column), sizes, transpose: true, default(Identity));
        }
    }
}
