namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// A convolution, or the part of a convolution's input gradient that is a convolution, as the direct kernel runs it.
/// </summary>
/// <param name="Batch">Images in the batch.</param>
/// <param name="Rows">The vertical axis.</param>
/// <param name="Columns">The horizontal axis.</param>
/// <param name="Input">Where the input's pixels lie.</param>
/// <param name="Output">Where the output's pixels lie.</param>
/// <param name="Groups">Into how many independent groups the channels are split.</param>
/// <param name="Depth">Input channels of a group.</param>
/// <param name="Filters">Output channels of a group.</param>
internal readonly record struct TapGrid(
    int Batch, TapAxis Rows, TapAxis Columns, ImageLayout Input, ImageLayout Output, int Groups, int Depth, int Filters)
{
    /// <summary>Products that one output element sums, the padding's included.</summary>
    public nint WindowLength => (nint)Rows.Taps * Columns.Taps * Depth;

    /// <summary>The convolution itself.</summary>
    public static TapGrid Forward(in ConvolutionSizes sizes) => new(
        sizes.Batch,
        ForwardRows(sizes),
        ForwardColumns(sizes),
        ImageLayout.Of(sizes.InputHeight, sizes.InputWidth, sizes.InputChannels),
        ImageLayout.Of(sizes.OutputHeight, sizes.OutputWidth, sizes.OutputChannels),
        sizes.Groups,
        sizes.GroupInputChannels,
        sizes.GroupOutputChannels);

    /// <summary>The input gradient at the rows and columns of one phase, as a convolution of the output's gradient.</summary>
    /// <param name="sizes">The sizes of the forward convolution.</param>
    /// <param name="rowPhase">0 … vertical stride − 1.</param>
    /// <param name="columnPhase">0 … horizontal stride − 1.</param>
    public static TapGrid InputGradient(in ConvolutionSizes sizes, int rowPhase, int columnPhase) => new(
        sizes.Batch,
        TapAxis.Transposed(ForwardRows(sizes), rowPhase),
        TapAxis.Transposed(ForwardColumns(sizes), columnPhase),
        ImageLayout.Of(sizes.OutputHeight, sizes.OutputWidth, sizes.OutputChannels),
        ImageLayout.Of(sizes.InputHeight, sizes.InputWidth, sizes.InputChannels),
        sizes.Groups,
        sizes.GroupOutputChannels,
        sizes.GroupInputChannels);

    private static TapAxis ForwardRows(in ConvolutionSizes sizes) => new()
    {
        Outputs = sizes.OutputHeight,
        Inputs = sizes.InputHeight,
        Taps = sizes.KernelHeight,
        Stride = sizes.StrideHeight,
        Dilation = sizes.DilationHeight,
        Pad = sizes.PadTop,
    };

    private static TapAxis ForwardColumns(in ConvolutionSizes sizes) => new()
    {
        Outputs = sizes.OutputWidth,
        Inputs = sizes.InputWidth,
        Taps = sizes.KernelWidth,
        Stride = sizes.StrideWidth,
        Dilation = sizes.DilationWidth,
        Pad = sizes.PadLeft,
    };
}
