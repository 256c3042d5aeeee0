using GpuKeras.Kernels.Convolution;

namespace GpuKeras.Tests.Kernels.Convolution;

/// <summary>Convolutions that differ in what can go wrong, and the definition of the operation.</summary>
internal static class ConvolutionCases
{
    public static IEnumerable<ConvolutionSizes> Grouped()
    {
        foreach (var sizes in Plain())
            yield return sizes;
        yield return Make(2, 6, 7, 6, 3, 2, 4, groups: 2, pad: 1);
        yield return Make(1, 5, 5, 4, 3, 3, 8, groups: 4, stride: 2, dilation: 2, pad: 2);
    }

    public static IEnumerable<ConvolutionSizes> Depthwise()
    {
        foreach (var multiplier in new[] { 1, 2, 17 })
        {
            yield return Make(2, 5, 6, 3, 3, 2, 3 * multiplier, groups: 3);
            yield return Make(2, 7, 6, 35, 3, 3, 35 * multiplier, groups: 35, stride: 2, pad: 1);
            yield return Make(1, 7, 7, 16, 2, 3, 16 * multiplier, groups: 16, dilation: 2, pad: 2);
        }
        yield return Make(0, 5, 6, 3, 3, 3, 3, groups: 3);
        yield return Make(9, 30, 30, 32, 3, 3, 32, groups: 32, pad: 1);
    }

    /// <summary>Calls back for every product of an input element and a filter element that an output element sums.</summary>
    public static void ForEachProduct(ConvolutionSizes s, Action<int, int, int> product)
    {
        for (var n = 0; n < s.Batch; n++)
            for (var oy = 0; oy < s.OutputHeight; oy++)
                for (var ox = 0; ox < s.OutputWidth; ox++)
                    for (var ky = 0; ky < s.KernelHeight; ky++)
                        for (var kx = 0; kx < s.KernelWidth; kx++)
                        {
                            var iy = oy * s.StrideHeight + ky * s.DilationHeight - s.PadTop;
                            var ix = ox * s.StrideWidth + kx * s.DilationWidth - s.PadLeft;
                            if (iy < 0 || iy >= s.InputHeight || ix < 0 || ix >= s.InputWidth)
                                continue;
                            for (var co = 0; co < s.OutputChannels; co++)
                                for (var ci = 0; ci < s.GroupInputChannels; ci++)
                                {
                                    var channel = co / s.GroupOutputChannels * s.GroupInputChannels + ci;
                                    product(
                                        ((n * s.InputHeight + iy) * s.InputWidth + ix) * s.InputChannels + channel,
                                        ((ky * s.KernelWidth + kx) * s.GroupInputChannels + ci) * s.OutputChannels + co,
                                        ((n * s.OutputHeight + oy) * s.OutputWidth + ox) * s.OutputChannels + co);
                                }
                        }
    }

    private static IEnumerable<ConvolutionSizes> Plain()
    {
        yield return Make(1, 1, 1, 1, 1, 1, 1);
        yield return Make(0, 5, 5, 2, 3, 3, 4);
        yield return Make(2, 5, 5, 0, 3, 3, 4);
        yield return Make(1, 2, 2, 1, 3, 3, 4);
        yield return Make(3, 28, 28, 1, 3, 3, 32);
        yield return Make(2, 13, 13, 32, 3, 3, 64);
        yield return Make(2, 6, 5, 7, 1, 1, 9);
        yield return Make(2, 1, 17, 3, 1, 5, 4, pad: 2, dilationHeight: 1);
        // More pixels than one part of the filter's gradient, and not a multiple of it.
        yield return Make(5, 19, 23, 8, 3, 3, 33, pad: 1);
        foreach (var stride in new[] { 1, 2, 3 })
            foreach (var dilation in new[] { 1, 2 })
                foreach (var pad in new[] { 0, 1, 3 })
                    yield return Make(2, 9, 8, 3, 3, 2, 5, stride: stride, dilation: dilation, pad: pad);
    }

    private static ConvolutionSizes Make(
        int batch, int height, int width, int channels, int kernelHeight, int kernelWidth, int outputChannels,
        int groups = 1, int stride = 1, int dilation = 1, int pad = 0, int? dilationHeight = null)
    {
        var sizes = new ConvolutionSizes
        {
            Batch = batch,
            InputHeight = height,
            InputWidth = width,
            InputChannels = channels,
            KernelHeight = kernelHeight,
            KernelWidth = kernelWidth,
            OutputHeight = 0,
            OutputWidth = 0,
            OutputChannels = outputChannels,
            StrideHeight = stride,
            // Different along the two axes, so that an exchange of them shows.
            StrideWidth = stride == 3 ? 2 : stride,
            DilationHeight = dilationHeight ?? dilation,
            DilationWidth = dilation,
            PadTop = height == 1 ? 0 : pad,
            PadLeft = pad,
            Groups = groups,
        };
        var bottom = sizes.PadTop == 0 ? 0 : pad - 1;
        return sizes with
        {
            OutputHeight = Math.Max(0, (height + sizes.PadTop + bottom - (kernelHeight - 1) * sizes.DilationHeight - 1 + stride) / stride),
            OutputWidth = Math.Max(0, (width + 2 * pad - (kernelWidth - 1) * dilation - 1 + sizes.StrideWidth) / sizes.StrideWidth),
        };
    }
}
