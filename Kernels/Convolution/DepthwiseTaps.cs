namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// Enumerates which input pixel meets which filter pixel for which output pixel, over rows of the output; pairs outside the input
/// are left out. Channels are the callers' inner loop.
/// </summary>
internal struct DepthwiseTaps(ConvolutionSizes sizes, long firstRow, long lastRow)
{
    private readonly ConvolutionSizes sizes = sizes;
    private readonly long lastRow = lastRow;
    private long row = firstRow;
    private long image = sizes.OutputHeight == 0 ? 0 : firstRow / sizes.OutputHeight;
    private long outputRow = sizes.OutputHeight == 0 ? 0 : firstRow % sizes.OutputHeight;
    private int column;
    private int ky;
    private int kx = -1;

    /// <summary>The input pixel, numbered across the batch.</summary>
    public nint InputPixel { get; private set; }

    /// <summary>The filter pixel.</summary>
    public nint FilterPixel { get; private set; }

    /// <summary>The output pixel, numbered across the batch.</summary>
    public nint OutputPixel { get; private set; }

    /// <summary>Goes on to the next triple; false when there is none left.</summary>
    public bool MoveNext()
    {
        while (Advance())
        {
            var y = outputRow * sizes.StrideHeight + ky * sizes.DilationHeight - sizes.PadTop;
            var x = column * sizes.StrideWidth + kx * sizes.DilationWidth - sizes.PadLeft;
            if (y < 0 || y >= sizes.InputHeight || x < 0 || x >= sizes.InputWidth)
                continue;
            InputPixel = (nint)((image * sizes.InputHeight + y) * sizes.InputWidth + x);
            FilterPixel = ky * sizes.KernelWidth + kx;
            OutputPixel = (nint)(row * sizes.OutputWidth + column);
            return true;
        }
        return false;
    }

    private bool Advance()
    {
        if (row >= lastRow || sizes.OutputWidth == 0)
            return false;
        if (++kx < sizes.KernelWidth)
            return true;
        kx = 0;
        if (++ky < sizes.KernelHeight)
            return true;
        ky = 0;
        if (++column < sizes.OutputWidth)
            return true;
        column = 0;
        if (++outputRow == sizes.OutputHeight)
        {
            outputRow = 0;
            image++;
        }
        return ++row < lastRow;
    }
}
