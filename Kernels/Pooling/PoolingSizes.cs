namespace GpuKeras.Kernels.Pooling;

/// <summary>The sizes of a 2D pooling of an input <c>[batch, height, width, channels]</c>.</summary>
/// <remarks>
/// Output pixel (y, x) sees the window of the input that starts at row <c>y · stride − padTop</c> and column
/// <c>x · stride − padLeft</c>; what lies outside the input does not take part. A 1D pooling has height 1.
/// </remarks>
public readonly record struct PoolingSizes
{
    /// <summary>Images in the batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Rows of an input image.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Columns of an input image.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of the window.</summary>
    public required int WindowHeight { get; init; }

    /// <summary>Columns of the window.</summary>
    public required int WindowWidth { get; init; }

    /// <summary>Rows of an output image.</summary>
    public required int OutputHeight { get; init; }

    /// <summary>Columns of an output image.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Input rows from one output row to the next.</summary>
    public required int StrideHeight { get; init; }

    /// <summary>Input columns from one output column to the next.</summary>
    public required int StrideWidth { get; init; }

    /// <summary>Rows of padding above the input.</summary>
    public int PadTop { get; init; }

    /// <summary>Columns of padding to the left of the input.</summary>
    public int PadLeft { get; init; }

    /// <summary>Elements of one input image.</summary>
    public long InputImageLength => (long)InputHeight * InputWidth * Channels;

    /// <summary>Elements of one output image.</summary>
    public long OutputImageLength => (long)OutputHeight * OutputWidth * Channels;

    /// <summary>Output rows of the whole batch.</summary>
    internal long OutputRows => (long)Batch * OutputHeight;

    /// <summary>The fewest output rows worth a thread of their own.</summary>
    internal long RowsPerThread => HostLoop.UnitsPerThread(2.0 * OutputWidth * Channels * WindowHeight * WindowWidth);

    /// <summary>The fewest images worth a thread of their own.</summary>
    internal long ImagesPerThread => HostLoop.UnitsPerThread(2.0 * OutputImageLength * WindowHeight * WindowWidth);

    /// <summary>Whether every input pixel lies in exactly one window.</summary>
    internal bool WindowsTile =>
        StrideHeight == WindowHeight && StrideWidth == WindowWidth
        && OutputHeight * StrideHeight - PadTop >= InputHeight && OutputWidth * StrideWidth - PadLeft >= InputWidth;

    /// <summary>Output pixels of the whole batch.</summary>
    internal long OutputPixels => OutputRows * OutputWidth;

    /// <summary>Input pixels of the whole batch.</summary>
    internal long InputPixels => (long)Batch * InputHeight * InputWidth;

    /// <summary>The place of the output pixel with number <paramref name="pixel"/>.</summary>
    internal (int Image, int Row, int Column) OutputAt(int pixel) => At(pixel, OutputHeight, OutputWidth);

    /// <summary>The place of the input pixel with number <paramref name="pixel"/>.</summary>
    internal (int Image, int Row, int Column) InputAt(int pixel) => At(pixel, InputHeight, InputWidth);

    /// <summary>The number of the output element at a place.</summary>
    internal long OutputIndex(int image, int row, int column, int channel) =>
        (((long)image * OutputHeight + row) * OutputWidth + column) * Channels + channel;

    /// <summary>The number of the input element at a place.</summary>
    internal long InputIndex(int image, int row, int column, int channel) =>
        (((long)image * InputHeight + row) * InputWidth + column) * Channels + channel;

    /// <summary>The output pixels whose windows hold an input pixel.</summary>
    internal PoolingWindow WindowsOver(int inputRow, int inputColumn) => new(
        FirstWindow(inputRow + PadTop, WindowHeight, StrideHeight),
        Math.Min(OutputHeight, (inputRow + PadTop) / StrideHeight + 1),
        FirstWindow(inputColumn + PadLeft, WindowWidth, StrideWidth),
        Math.Min(OutputWidth, (inputColumn + PadLeft) / StrideWidth + 1));

    /// <summary>The part of the window of an output pixel that lies inside the input.</summary>
    internal PoolingWindow Window(long outputRow, int outputColumn)
    {
        var top = (int)outputRow * StrideHeight - PadTop;
        var left = outputColumn * StrideWidth - PadLeft;
        return new(
            Math.Max(0, top), Math.Min(InputHeight, top + WindowHeight), Math.Max(0, left), Math.Min(InputWidth, left + WindowWidth));
    }

    // The first window that ends after the position: a window of number i covers i · stride … i · stride + size − 1.
    private static int FirstWindow(int position, int size, int stride) => (Math.Max(0, position - size + 1) + stride - 1) / stride;

    private static (int Image, int Row, int Column) At(int pixel, int height, int width)
    {
        var row = pixel / width;
        var image = row / height;
        return (image, row - image * height, pixel - row * width);
    }
}
