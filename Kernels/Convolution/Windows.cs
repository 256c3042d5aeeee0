namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// The windows of a few output pixels as a matrix <c>[pixels, kernel height · kernel width · channels of a group]</c>: with it a
/// convolution is a matrix product. Only one block of pixels exists at a time, small enough for the second-level cache.
/// </summary>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="TScalar">One scalar.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal static unsafe class Windows<TVector, TScalar, T>
    where TVector : struct, ILane<TVector, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    private const int BlockElements = 65_536;

    /// <summary>
    /// How many pixels a block has: about 256 KB of windows, and enough rows to use each panel of the other operand well.
    /// </summary>
    public static nint BlockPixels(in ConvolutionSizes sizes) =>
        Math.Clamp(BlockElements / Math.Max(1, sizes.WindowLength), 112, 420) / 14 * 14;

    /// <summary>Writes the windows of <paramref name="count"/> output pixels, numbered across the batch; zeros outside the input.</summary>
    public static void Gather(in ConvolutionSizes sizes, T* input, int group, long firstPixel, nint count, T* windows)
    {
        if (count == 0)
            return;
        var position = new Position(sizes, firstPixel);
        for (nint pixel = 0; pixel < count; pixel++, position.MoveNext(sizes))
        {
            var image = input + position.Image * (nint)sizes.InputImageLength + group * sizes.GroupInputChannels;
            for (var ky = 0; ky < sizes.KernelHeight; ky++)
            {
                var row = position.Row * sizes.StrideHeight + ky * sizes.DilationHeight - sizes.PadTop;
                GatherRow(sizes, image, row, position.Column * sizes.StrideWidth - sizes.PadLeft, windows);
                windows += sizes.KernelWidth * sizes.GroupInputChannels;
            }
        }
    }

    /// <summary>Adds every element of the windows to the input element that it came from.</summary>
    public static void ScatterAdd(in ConvolutionSizes sizes, T* windows, int group, long firstPixel, nint count, T* input)
    {
        if (count == 0)
            return;
        var position = new Position(sizes, firstPixel);
        for (nint pixel = 0; pixel < count; pixel++, position.MoveNext(sizes))
        {
            var image = input + position.Image * (nint)sizes.InputImageLength + group * sizes.GroupInputChannels;
            for (var ky = 0; ky < sizes.KernelHeight; ky++)
            {
                var row = position.Row * sizes.StrideHeight + ky * sizes.DilationHeight - sizes.PadTop;
                if (row >= 0 && row < sizes.InputHeight)
                    ScatterRow(sizes, windows, row, position.Column * sizes.StrideWidth - sizes.PadLeft, image);
                windows += sizes.KernelWidth * sizes.GroupInputChannels;
            }
        }
    }

    private static void GatherRow(in ConvolutionSizes sizes, T* image, int row, int firstColumn, T* target)
    {
        var channels = (nint)sizes.GroupInputChannels;
        if (row < 0 || row >= sizes.InputHeight)
        {
            HostRow<TVector, TScalar, T>.Clear(target, sizes.KernelWidth * channels);
            return;
        }
        var source = image + (nint)row * sizes.InputWidth * sizes.InputChannels;
        if (sizes.DilationWidth == 1 && sizes.Groups == 1)
        {
            // Neighbouring filter columns see neighbouring pixels: one run, cut off at the image's sides.
            var left = Math.Clamp(-firstColumn, 0, sizes.KernelWidth);
            var right = Math.Clamp(sizes.InputWidth - firstColumn, left, sizes.KernelWidth);
            HostRow<TVector, TScalar, T>.Clear(target, left * channels);
            HostRow<TVector, TScalar, T>.Copy(
                target + left * channels, source + (firstColumn + left) * channels, (right - left) * channels);
            HostRow<TVector, TScalar, T>.Clear(target + right * channels, (sizes.KernelWidth - right) * channels);
            return;
        }
        for (var kx = 0; kx < sizes.KernelWidth; kx++, target += channels)
        {
            var column = firstColumn + kx * sizes.DilationWidth;
            if (column >= 0 && column < sizes.InputWidth)
                HostRow<TVector, TScalar, T>.Copy(target, source + (nint)column * sizes.InputChannels, channels);
            else
                HostRow<TVector, TScalar, T>.Clear(target, channels);
        }
    }

    private static void ScatterRow(in ConvolutionSizes sizes, T* source, int row, int firstColumn, T* image)
    {
        var channels = (nint)sizes.GroupInputChannels;
        var target = image + (nint)row * sizes.InputWidth * sizes.InputChannels;
        if (sizes.DilationWidth == 1 && sizes.Groups == 1)
        {
            var left = Math.Clamp(-firstColumn, 0, sizes.KernelWidth);
            var right = Math.Clamp(sizes.InputWidth - firstColumn, left, sizes.KernelWidth);
            HostRow<TVector, TScalar, T>.Add(target + (firstColumn + left) * channels, source + left * channels, (right - left) * channels);
            return;
        }
        for (var kx = 0; kx < sizes.KernelWidth; kx++, source += channels)
        {
            var column = firstColumn + kx * sizes.DilationWidth;
            if (column >= 0 && column < sizes.InputWidth)
                HostRow<TVector, TScalar, T>.Add(target + (nint)column * sizes.InputChannels, source, channels);
        }
    }

    /// <summary>An output pixel, counted on without divisions.</summary>
    private struct Position(in ConvolutionSizes sizes, long pixel)
    {
        public nint Image = (nint)(pixel / sizes.OutputImagePixels);
        public int Row = (int)(pixel % sizes.OutputImagePixels / sizes.OutputWidth);
        public int Column = (int)(pixel % sizes.OutputWidth);

        public void MoveNext(in ConvolutionSizes sizes)
        {
            if (++Column < sizes.OutputWidth)
                return;
            Column = 0;
            if (++Row < sizes.OutputHeight)
                return;
            Row = 0;
            Image++;
        }
    }
}
