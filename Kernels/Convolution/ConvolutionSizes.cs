namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// The sizes of a 2D convolution of an input <c>[batch, height, width, channels]</c> with a filter
/// <c>[kernel height, kernel width, channels / groups, output channels]</c>.
/// </summary>
/// <remarks>
/// Output pixel (y, x) sees input row <c>y · stride + ky · dilation − padTop</c> and column <c>x · stride + kx · dilation − padLeft</c>;
/// outside the input it sees zeros. Padding below and to the right follows from the output size. A 1D convolution has height 1.
/// </remarks>
public readonly record struct ConvolutionSizes
{
    /// <summary>Images in the batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Rows of an input image.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Columns of an input image.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Channels of the input; a multiple of <see cref="Groups"/>.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Rows of the filter.</summary>
    public required int KernelHeight { get; init; }

    /// <summary>Columns of the filter.</summary>
    public required int KernelWidth { get; init; }

    /// <summary>Rows of an output image.</summary>
    public required int OutputHeight { get; init; }

    /// <summary>Columns of an output image.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Channels of the output; a multiple of <see cref="Groups"/>.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Input rows from one output row to the next.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Input columns from one output column to the next.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>Input rows from one filter row to the next.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Input columns from one filter column to the next.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows of zeros above the input.</summary>
    public int PadTop { get; init; }

    /// <summary>Columns of zeros to the left of the input.</summary>
    public int PadLeft { get; init; }

    /// <summary>Into how many independent groups the channels are split.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Strides, dilations and groups of 1, no padding.</summary>
    public ConvolutionSizes()
    {
    }

    /// <summary>Input channels that one output channel sees.</summary>
    public int GroupInputChannels => InputChannels / Groups;

    /// <summary>Output channels of one group.</summary>
    public int GroupOutputChannels => OutputChannels / Groups;

    /// <summary>Input elements that one output element sees.</summary>
    public int WindowLength => KernelHeight * KernelWidth * GroupInputChannels;

    /// <summary>Elements of one input image.</summary>
    public long InputImageLength => (long)InputHeight * InputWidth * InputChannels;

    /// <summary>Pixels of one output image.</summary>
    public long OutputImagePixels => (long)OutputHeight * OutputWidth;

    /// <summary>Pixels of all output images.</summary>
    public long OutputPixels => Batch * OutputImagePixels;

    /// <summary>Elements of the filter.</summary>
    public long FilterLength => (long)WindowLength * OutputChannels;

    /// <summary>
    /// Whether every output pixel sees exactly the input pixel at its own place: the input is then the matrix of its windows.
    /// </summary>
    internal bool IsPointwise =>
        KernelHeight == 1 && KernelWidth == 1 && StrideHeight == 1 && StrideWidth == 1 && PadTop == 0 && PadLeft == 0
        && OutputHeight == InputHeight && OutputWidth == InputWidth;
}
