using GpuKeras.Kernels;
using GpuKeras.Kernels.Convolution;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Convolutions and their gradients: pointwise, padded, strided, dilated, grouped, with few and many channels.</summary>
public static class ConvolutionCases
{
    public static IEnumerable<KernelCase> All =>
    [
        .. Convolutions("3x3", Sizes(2, 5, 6, 4, 3, 8)),
        .. Convolutions("3x3 of one channel", Sizes(2, 6, 5, 1, 3, 5)),
        .. Convolutions("padded 3x3", Sizes(1, 4, 5, 3, 3, 35, pad: 1)),
        .. Convolutions("padded 3x3 by 2", Sizes(1, 7, 6, 4, 3, 32, stride: 2, pad: 1)),
        .. Convolutions("2x2 by 3", Sizes(1, 8, 8, 2, 2, 3, stride: 3)),
        .. Convolutions("dilated 3x3", Sizes(1, 7, 8, 5, 3, 4, dilation: 2, pad: 2)),
        .. Convolutions("dilated 2x2 by 2", Sizes(1, 9, 8, 4, 2, 4, stride: 2, dilation: 3, pad: 1)),
        .. Convolutions("grouped 3x3", Sizes(2, 4, 4, 8, 3, 8, pad: 1, groups: 2)),
        .. Convolutions("3 groups of odd sizes", Sizes(1, 4, 4, 9, 2, 15, groups: 3)),
        // Enough tiles and channels for Winograd's method, with an odd side, two panels of filters and a half, and several blocks.
        .. Convolutions("3x3 of 16 channels", Sizes(3, 9, 10, 16, 3, 48)),
        .. Convolutions("padded 3x3 of 32 channels", Sizes(4, 5, 7, 32, 3, 16, pad: 1)),
        new("convolution of whole numbers, 3x3 of 16 channels", static bench => Exactly(bench, Sizes(3, 7, 10, 16, 3, 48))),
        .. Convolutions("pointwise", Sizes(1, 3, 3, 5, 1, 7)),
        .. Convolutions("1x1 by 2", Sizes(1, 5, 5, 4, 1, 6, stride: 2)),
        .. Convolutions("one pixel", Sizes(1, 3, 3, 2, 3, 2)),
        .. Convolutions("no images", Sizes(0, 4, 4, 2, 3, 2)),
        // So many pixels that a GPU splits them.
        new("convolution's filter gradient, 512 pixels", static bench => FilterGradient<float>(bench, Sizes(2, 16, 16, 2, 3, 5, pad: 1))),
        .. Depthwise("3x3", Sizes(2, 5, 6, 17, 3, 17, pad: 1, groups: 17)),
        .. Depthwise("3x3 by 2", Sizes(1, 6, 7, 3, 3, 3, stride: 2, pad: 1, groups: 3)),
        .. Depthwise("dilated, two filters a channel", Sizes(1, 7, 6, 4, 2, 8, dilation: 2, groups: 4)),
        .. Depthwise("two filters of 16 channels", Sizes(1, 4, 4, 16, 2, 32, stride: 2, groups: 16)),
    ];

    private static IEnumerable<KernelCase> Convolutions(string name, ConvolutionSizes sizes)
    {
        yield return new($"convolution, {name}", bench => Convolution<Identity, float>(bench, sizes, hasBias: false));
        yield return new($"convolution with bias and relu, {name}", bench => Convolution<Relu, float>(bench, sizes, hasBias: true));
        yield return new($"convolution, {name}, doubles", bench => Convolution<Relu, double>(bench, sizes, hasBias: true));
        yield return new($"convolution's input gradient, {name}", bench => InputGradient<float>(bench, sizes));
        yield return new($"convolution's input gradient, {name}, doubles", bench => InputGradient<double>(bench, sizes));
        yield return new($"convolution's filter gradient, {name}", bench => FilterGradient<float>(bench, sizes));
        yield return new($"convolution's filter gradient, {name}, doubles", bench => FilterGradient<double>(bench, sizes));
    }

    private static IEnumerable<KernelCase> Depthwise(string name, ConvolutionSizes sizes)
    {
        yield return new($"depthwise convolution, {name}", bench => Depthwise<float>(bench, sizes));
        yield return new($"depthwise convolution, {name}, doubles", bench => Depthwise<double>(bench, sizes));
    }

    private static void Convolution<TActivation, T>(KernelBench bench, ConvolutionSizes sizes, bool hasBias)
        where TActivation : struct, IUnaryFunction
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => bench.Run(new ConvolutionKernel<TActivation, T>(
            Input<T>(bench, Inputs(sizes), 1), Input<T>(bench, sizes.FilterLength, 2),
            hasBias ? Input<T>(bench, sizes.OutputChannels, 3) : default,
            bench.Output<T>((int)Outputs(sizes), Error<T>(sizes, sizes.GroupInputChannels)), sizes));

    private static void InputGradient<T>(KernelBench bench, ConvolutionSizes sizes)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => bench.Run(new ConvolutionInputGradientKernel<T>(
            Input<T>(bench, Outputs(sizes), 1), Input<T>(bench, sizes.FilterLength, 2),
            bench.Output<T>((int)Inputs(sizes), Error<T>(sizes, sizes.GroupOutputChannels)), sizes));

    // Of numbers that no method rounds.
    private static void Exactly(KernelBench bench, ConvolutionSizes sizes)
    {
        var (x, filter, dy) = (
            bench.Input<float>(WholeNumbers.Inputs<float>(sizes.Batch * sizes.InputHeight * sizes.InputWidth, sizes.InputChannels)),
            bench.Input<float>(WholeNumbers.Filter<float>((int)sizes.FilterLength)),
            bench.Input<float>(WholeNumbers.Inputs<float>((int)sizes.OutputPixels, sizes.OutputChannels)));
        bench.Run(new ConvolutionKernel<Identity, float>(x, filter, default, bench.Output<float>((int)Outputs(sizes)), sizes));
        bench.Run(new ConvolutionInputGradientKernel<float>(dy, filter, bench.Output<float>((int)Inputs(sizes)), sizes));
    }

    private static void FilterGradient<T>(KernelBench bench, ConvolutionSizes sizes)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => bench.Run(new ConvolutionFilterGradientKernel<T>(
            Input<T>(bench, Inputs(sizes), 1), Input<T>(bench, Outputs(sizes), 2),
            Output<T>(bench, sizes.FilterLength, sizes.OutputPixels), sizes));

    private static void Depthwise<T>(KernelBench bench, ConvolutionSizes sizes)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var (x, filter, dy) = (
            Input<T>(bench, Inputs(sizes), 1), Input<T>(bench, sizes.FilterLength, 2), Input<T>(bench, Outputs(sizes), 3));
        var taps = sizes.KernelHeight * sizes.KernelWidth;
        bench.Run(new DepthwiseConvolutionKernel<T>(x, filter, Output<T>(bench, Outputs(sizes), taps), sizes));
        bench.Run(new DepthwiseInputGradientKernel<T>(
            dy, filter, Output<T>(bench, Inputs(sizes), taps * sizes.GroupOutputChannels), sizes));
        bench.Run(new DepthwiseFilterGradientKernel<T>(x, dy, Output<T>(bench, sizes.FilterLength, sizes.OutputPixels), sizes));
    }

    private static ArrayView<T> Input<T>(KernelBench bench, long length, int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => bench.Input(Samples.Uniform<T>((int)length, seed));

    // Both bodies may err, and the terms, all below 1, add up to less than their number.
    private static ArrayView<T> Output<T>(KernelBench bench, long length, long terms)
        where T : unmanaged => bench.Output<T>((int)length, 2 * terms * Tolerance.For<T>(terms));

    // Winograd's transforms of numbers below 1 have, along each axis, products of magnitudes 2 · 1, 2 · 3/2, 2 · 3/2 and 2 · 1, of which an
    // output adds three: 8, and 64 along both. A product has 2 roundings of its input and 4 of its filter, a sum one for each channel
    // and 4 in the way back, where a bias, and the result, have the two of Tolerance.For.
    private static double Error<T>(in ConvolutionSizes sizes, int depth)
        where T : unmanaged
    {
        var terms = (long)sizes.KernelHeight * sizes.KernelWidth * depth;
        var direct = terms * Tolerance.For<T>(terms);
        var mayBeWinograd = sizes is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 }
            && sizes.InputChannels % 16 == 0 && sizes.OutputChannels % 16 == 0;
        return 2 * (mayBeWinograd ? Math.Max(direct, 64 * depth * Tolerance.For<T>(depth + 10)) : direct);
    }

    private static long Inputs(in ConvolutionSizes sizes) => sizes.Batch * sizes.InputImageLength;

    private static long Outputs(in ConvolutionSizes sizes) => sizes.OutputPixels * sizes.OutputChannels;

    private static ConvolutionSizes Sizes(
        int batch, int height, int width, int channels, int kernel, int filters, int stride = 1, int dilation = 1, int pad = 0,
        int groups = 1) => new()
        {
            Batch = batch,
            InputHeight = height,
            InputWidth = width,
            InputChannels = channels,
            KernelHeight = kernel,
            KernelWidth = kernel,
            OutputHeight = (height + 2 * pad - (kernel - 1) * dilation - 1) / stride + 1,
            OutputWidth = (width + 2 * pad - (kernel - 1) * dilation - 1) / stride + 1,
            OutputChannels = filters,
            StrideHeight = stride,
            StrideWidth = stride,
            DilationHeight = dilation,
            DilationWidth = dilation,
            PadTop = pad,
            PadLeft = pad,
            Groups = groups,
        };
}
