using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>One thread's sums of a filter's gradient, over a few rows of output pixels at a time.</summary>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="TScalar">One scalar.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// The windows of neighbouring output pixels overlap in memory, and an input row holds the entries of a filter row in the filter's
/// own order: so tiles of (filter column, channel) entries read the input in place. Only where windows reach outside the images,
/// the rows are first copied with zeros around them.
/// </remarks>
internal readonly unsafe ref struct FilterGradientBlock<TVector, TScalar, T>
    where TVector : struct, ILane<TVector, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    private readonly ConvolutionSizes sizes;
    private readonly T* x;
    private readonly T* dy;
    private readonly T* target;
    private readonly bool copies;
    private readonly int span;
    private readonly nint pitch;

    public FilterGradientBlock(in ConvolutionSizes sizes, T* x, T* dy, T* target)
    {
        this.sizes = sizes;
        this.x = x;
        this.dy = dy;
        this.target = target;
        // Rows and columns of input from the first that an image's windows see to the last.
        var spanHeight = (sizes.OutputHeight - 1) * sizes.StrideHeight + (sizes.KernelHeight - 1) * sizes.DilationHeight + 1;
        span = (sizes.OutputWidth - 1) * sizes.StrideWidth + (sizes.KernelWidth - 1) * sizes.DilationWidth + 1;
        copies = sizes.PadTop != 0 || sizes.PadLeft != 0 || spanHeight > sizes.InputHeight || span > sizes.InputWidth;
        pitch = (nint)(copies ? span : sizes.InputWidth) * sizes.InputChannels;
    }

    // Sixteen vector registers hold six rows of two; only AVX-512 and its kind have 32.
    private static int TileRows => TVector.Count * sizeof(T) == 64 ? FilterGradientTile<PairRow<TVector, T>, T>.MaxRows : 6;

    /// <summary>Adds output rows <paramref name="first"/> to <paramref name="last"/>, numbered across the batch, at most <see cref="FilterGradientOrder.MostRows"/>.</summary>
    [SkipLocalsInit]
    public void Add(long first, long last, bool accumulate)
    {
        var inputs = stackalloc T*[FilterGradientOrder.MostRows];
        Locate(first, last, inputs);
        var rows = (nint)(last - first);
        var gradient = dy + (nint)first * sizes.OutputWidth * sizes.OutputChannels;
        for (var group = 0; group < sizes.Groups; group++)
        {
            var channel = (nint)group * sizes.GroupOutputChannels;
            var end = channel + sizes.GroupOutputChannels;
            for (; channel + 2 * TVector.Count <= end; channel += 2 * TVector.Count)
                Panel<PairRow<TVector, T>>(inputs, rows, group, gradient + channel, sizes.OutputChannels, channel, 2 * TVector.Count, accumulate);
            for (; channel < end; channel += TVector.Count)
            {
                var width = (int)Math.Min(TVector.Count, end - channel);
                var whole = width == TVector.Count;
                var panel = whole ? gradient + channel : CopyChannels(gradient + channel, rows * sizes.OutputWidth, width);
                Panel<SingleRow<TVector, T>>(
                    inputs, rows, group, panel, whole ? sizes.OutputChannels : TVector.Count, channel, width, accumulate);
            }
        }
    }

    /// <summary>Finds, and copies if need be, the input of each row's first pixel.</summary>
    private void Locate(long first, long last, T** inputs)
    {
        var images = (last - 1) / sizes.OutputHeight - first / sizes.OutputHeight + 1;
        var copied = (last - first) * sizes.StrideHeight + images * ((sizes.KernelHeight - 1) * sizes.DilationHeight + 1);
        var scratch = copies ? HostScratch.Get<T>(HostScratch.Use.Windows, (nint)copied * pitch) : null;
        for (var row = first; row < last;)
        {
            var image = row / sizes.OutputHeight;
            var (top, bottom) = ((int)(row - image * sizes.OutputHeight), (int)Math.Min(last - image * sizes.OutputHeight, sizes.OutputHeight));
            var source = x + (nint)image * (nint)sizes.InputImageLength;
            var start = copies ? scratch : source + top * sizes.StrideHeight * pitch;
            if (copies)
            {
                var firstInput = top * sizes.StrideHeight - sizes.PadTop;
                var count = (bottom - 1 - top) * sizes.StrideHeight + (sizes.KernelHeight - 1) * sizes.DilationHeight + 1;
                for (var input = firstInput; input < firstInput + count; input++, scratch += pitch)
                    CopyRow(source, input, scratch);
            }
            for (var output = top; output < bottom; output++)
                *inputs++ = start + (output - top) * sizes.StrideHeight * pitch;
            row += bottom - top;
        }
    }

    /// <summary>One input row from the first column that a window sees to the last; zeros outside the image.</summary>
    private void CopyRow(T* image, int row, T* target)
    {
        var channels = (nint)sizes.InputChannels;
        var left = Math.Min(sizes.PadLeft, span);
        var right = Math.Clamp(sizes.InputWidth + sizes.PadLeft, left, span);
        if (row < 0 || row >= sizes.InputHeight)
            left = right = span;
        HostRow<TVector, TScalar, T>.Clear(target, left * channels);
        if (right > left)
            HostRow<TVector, TScalar, T>.Copy(target + left * channels, image + row * sizes.InputWidth * channels, (right - left) * channels);
        HostRow<TVector, TScalar, T>.Clear(target + right * channels, (span - right) * channels);
    }

    /// <summary>The last channels, fewer than a vector, with room for a whole one.</summary>
    private T* CopyChannels(T* source, nint pixels, int width)
    {
        var copy = HostScratch.Get<T>(HostScratch.Use.PanelB, pixels * TVector.Count);
        new Span<T>(copy, (int)pixels * TVector.Count).Clear();
        for (nint pixel = 0; pixel < pixels; pixel++)
        {
            for (var i = 0; i < width; i++)
                copy[pixel * TVector.Count + i] = source[pixel * sizes.OutputChannels + i];
        }
        return copy;
    }

    /// <summary>The gradient of all filter entries towards a few output channels.</summary>
    [SkipLocalsInit]
    private void Panel<TRow>(T** inputs, nint rows, int group, T* gradient, nint step, nint channel, int width, bool accumulate)
        where TRow : struct, ITileRow<TRow, T>
    {
        var zeros = stackalloc T[TRow.Width];
        for (var i = 0; i < TRow.Width; i++)
            zeros[i] = default;
        var edge = stackalloc T[FilterGradientTile<TRow, T>.MaxRows * TRow.Width];
        // Entries of neighbouring filter columns are neighbours in memory, unless pixels or channels in between take no part.
        var joined = sizes.DilationWidth == 1 && sizes.Groups == 1;
        var length = joined ? sizes.KernelWidth * sizes.InputChannels : sizes.GroupInputChannels;
        var tiles = (length + TileRows - 1) / TileRows;
        var stride = (nint)sizes.OutputChannels;
        var sums = target + channel;
        for (var ky = 0; ky < sizes.KernelHeight; ky++)
        {
            for (var kx = 0; kx < (joined ? 1 : sizes.KernelWidth); kx++)
            {
                var offset = ky * sizes.DilationHeight * pitch + (nint)kx * sizes.DilationWidth * sizes.InputChannels
                    + group * sizes.GroupInputChannels;
                // Entries are split evenly, so that no tile is left with too few to keep the multipliers busy.
                for (var tile = 0; tile < tiles; tile++)
                {
                    var height = length / tiles + (tile < length % tiles ? 1 : 0);
                    var c = width == TRow.Width ? sums : edge;
                    var cStride = width == TRow.Width ? stride : TRow.Width;
                    if (c == edge && accumulate)
                        Copy(sums, stride, edge, TRow.Width, height, width);
                    FilterGradientTile<TRow, T>.Run(
                        height, inputs, rows, offset, sizes.OutputWidth, (nint)sizes.StrideWidth * sizes.InputChannels, gradient, step,
                        accumulate ? c : zeros, accumulate ? cStride : 0, c, cStride);
                    if (c == edge)
                        Copy(edge, TRow.Width, sums, stride, height, width);
                    sums += height * stride;
                    offset += height;
                }
            }
        }
    }

    private static void Copy(T* source, nint sourceStride, T* target, nint targetStride, int height, int columns)
    {
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < columns; j++)
                target[i * targetStride + j] = source[i * sourceStride + j];
        }
    }
}
