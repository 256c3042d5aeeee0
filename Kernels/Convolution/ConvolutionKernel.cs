using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>y = f(x ∗ filter + bias), a 2D convolution (in the field's sense: a cross-correlation).</summary>
/// <typeparam name="TActivation">f; <see cref="Identity"/> for none.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="filter">The filter <c>[kernel height, kernel width, channels / groups, output channels]</c>.</param>
/// <param name="bias">The bias <c>[output channels]</c>; empty for none.</param>
/// <param name="y">The output <c>[batch, output height, output width, output channels]</c>.</param>
/// <param name="sizes">All sizes.</param>
/// <param name="activation">f's parameters.</param>
public readonly unsafe struct ConvolutionKernel<TActivation, T>(
    ArrayView<T> x, ArrayView<T> filter, ArrayView<T> bias, ArrayView<T> y, ConvolutionSizes sizes, TActivation activation = default)
    : IKernel
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    /// <inheritdoc/>
    public static string Name => "conv2d";

    /// <inheritdoc/>
    public void RunHost()
    {
        if (sizes.IsPointwise && sizes.Groups == 1)
        {
            var product = new MatMulSizes((int)sizes.OutputPixels, sizes.OutputChannels, sizes.InputChannels);
            new MatMulKernel<TActivation, T>(x, filter, bias, y, product, activation: activation).RunHost();
            return;
        }
        ConvolutionMethod.Compute(
            x.Pointer, filter.Pointer, bias.Length == 0 ? null : bias.Pointer, y.Pointer, TapGrid.Forward(sizes), sizes, transpose: false,
            activation);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (sizes.IsPointwise && sizes.Groups == 1)
        {
            var product = new MatMulSizes((int)sizes.OutputPixels, sizes.OutputChannels, sizes.InputChannels);
            new MatMulKernel<TActivation, T>(x, filter, bias, y, product, activation: activation).RunDevice(launcher);
        }
        else if (typeof(T) == typeof(float))
        {
            LaunchDirect<FloatLane, float>(launcher);
        }
        else
        {
            LaunchDirect<DoubleLane, double>(launcher);
        }
    }

    private void LaunchDirect<TLane, TElement>(ILauncher launcher)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => DeviceConvolution<TLane, TElement>.Launch(
            launcher, x.Cast<TElement>(), filter.Cast<TElement>(), bias.Cast<TElement>(), y.Cast<TElement>(), TapGrid.Forward(sizes), sizes,
            transpose: false, activation);
}
