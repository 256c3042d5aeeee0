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
        yield return Make(2, 7, 6, 20, 3, 3, 36, groups: 2, stride: 2, pad: 1);
        foreach (var sizes in Direct())
            yield return sizes;
        foreach (var sizes in Winograd())
            yield return sizes;
    }

    /// <summary>3 × 3 filters of whole registers: blocks of tiles, odd sizes, all paddings.</summary>
    public static IEnumerable<ConvolutionSizes> Winograd()
    {
        yield return Make(2, 13, 13, 32, 3, 3, 64);
        foreach (var pad in new[] { 0, 1, 2, 3 })
            yield return Make(3, 9, 12, 16, 3, 3, 48, pad: pad);
        foreach (var width in new[] { 2, 3, 31, 32 })
            yield return Make(1, 64, width, 32, 3, 3, 16, pad: 1);
        // Around one block of tiles; images smaller than a tile.
        foreach (var batch in new[] { 111, 112, 113 })
            yield return Make(batch, 2, 1, 16, 3, 3, 16, pad: 1);
        // More channels than a block holds many tiles of.
        yield return Make(2, 9, 9, 272, 3, 3, 80, pad: 1);
    }

    /// <summary>One for the direct method, and one for Winograd's.</summary>
    public static IEnumerable<ConvolutionSizes> OfEachMethod()
    {
        yield return Make(1, 12, 12, 15, 3, 3, 17, pad: 1);
        yield return Make(1, 12, 12, 16, 3, 3, 16, pad: 1);
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
        yield return Make(2, 6, 5, 7, 1, 1, 9);
        yield return Make(2, 1, 17, 3, 1, 5, 4, pad: 2, dilationHeight: 1);
        // More pixels than one part of the filter's gradient, and not a multiple of it.
        yield return Make(5, 19, 23, 8, 3, 3, 33, pad: 1);
        // Many images in one block of rows, and part of one.
        yield return Make(50, 2, 3, 5, 3, 3, 18, pad: 1);
        yield return Make(9, 17, 15, 16, 3, 3, 16, pad: 1);
        foreach (var stride in new[] { 1, 2, 3 })
            foreach (var dilation in new[] { 1, 2 })
                foreach (var pad in new[] { 0, 1, 3 })
                    foreach (var channels in new[] { 3, 9 })
                        yield return Make(2, 9, 8, channels, 3, 2, 5, stride: stride, dilation: dilation, pad: pad);
    }

    /// <summary>Shapes at the edges of the direct kernel's tiles, panels and splits.</summary>
    private static IEnumerable<ConvolutionSizes> Direct()
    {
        // Output channels around one and two registers of each width.
        foreach (var channels in new[] { 7, 8, 9, 15, 16, 17, 31, 32, 33, 65 })
            yield return Make(1, 4, 7, channels, 3, 3, channels, pad: 1);
        // Pixels of a row around one and two tiles.
        foreach (var width in new[] { 1, 6, 7, 13, 14, 15, 16, 29, 30, 31 })
            yield return Make(2, 3, width, 16, 3, 3, 16, pad: 1);
        // Tiles down a narrow image; across images; of one long row; with a filter larger than the cache.
        yield return Make(1, 33, 3, 8, 3, 3, 16, pad: 1);
        yield return Make(31, 2, 3, 8, 3, 3, 24, pad: 1);
        yield return Make(1, 1, 230, 8, 1, 5, 16, pad: 2);
        yield return Make(3, 5, 4, 128, 3, 3, 128, pad: 1);
        yield return Make(2, 9, 9, 8, 1, 1, 16, stride: 2);
        // Whole tiles whose taps do not follow each other in memory.
        yield return Make(1, 5, 28, 8, 2, 3, 16, dilation: 2, pad: 2);
        yield return Make(1, 3, 28, 16, 2, 3, 32, groups: 2, pad: 1);
        // Windows one page apart in memory.
        yield return Make(1, 3, 9, 1024, 1, 2, 16);
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
