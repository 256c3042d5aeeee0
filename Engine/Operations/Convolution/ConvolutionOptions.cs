using GpuKeras.Kernels.Convolution;

namespace GpuKeras;

/// <summary>The parameters of a convolution over one or two spatial axes.</summary>
/// <param name="SpatialAxes">1 for <c>[batch, steps, channels]</c>, 2 for <c>[batch, height, width, channels]</c>.</param>
/// <param name="Strides">Along height and width; a 1D convolution uses the width.</param>
/// <param name="Dilation">Along height and width.</param>
/// <param name="Padding">What happens at the edges.</param>
/// <param name="Groups">Into how many independent groups the channels are split; 0 for depthwise.</param>
internal readonly record struct ConvolutionOptions(
    int SpatialAxes, (int Height, int Width) Strides, (int Height, int Width) Dilation, Padding Padding, int Groups)
{
    private const int Depthwise = 0;

    /// <summary>Checks the shapes and works out all sizes.</summary>
    /// <exception cref="ShapeException">The shapes do not fit, or the input is smaller than the kernel.</exception>
    public ConvolutionPlan Plan(string name, in Shape input, in Shape filter)
    {
        CheckRanks(name, input, filter);
        var groups = Groups == Depthwise ? input[^1] : Groups;
        var filters = Groups == Depthwise ? filter[^1] * filter[^2] : filter[^1];
        if (input[^1] != (Groups == Depthwise ? filter[^2] : filter[^2] * groups))
            throw new ShapeException(
                name,
                Groups > 1
                    ? $"the input's channels must be the kernel's channels times {Groups} groups"
                    : "the input's channels must be the kernel's",
                $"input {input}, kernel {filter}", "the last axis of the input holds the channels");
        if (groups > 0 && filters % groups != 0)
            throw new ShapeException(name, $"the filters must be a multiple of {groups} groups", $"input {input}, kernel {filter}");

        var (vertical, horizontal) = Windows(filter);
        var inputHeight = SpatialAxes == 1 ? 1 : input[1];
        var outputHeight = vertical.OutputSize(inputHeight);
        var outputWidth = horizontal.OutputSize(input[^2]);
        if (outputHeight <= 0 || outputWidth <= 0)
            throw new ShapeException(
                name, "Computed output size would be zero or negative", $"input {input}, kernel {filter}",
                "padding \"same\" keeps the size, or use a smaller kernel");
        var sizes = Sizes(filter, groups, filters) with
        {
            Batch = input[0],
            InputHeight = inputHeight,
            InputWidth = input[^2],
            OutputHeight = outputHeight,
            OutputWidth = outputWidth,
            PadTop = vertical.PaddingBefore(inputHeight, outputHeight),
            PadLeft = horizontal.PaddingBefore(input[^2], outputWidth),
        };
        return new(sizes, input, filter, Images(input[0], outputHeight, outputWidth, filters));
    }

    /// <summary>The plan of the convolution whose input gradient maps <paramref name="input"/> to a larger image.</summary>
    /// <param name="name">The operation, for errors.</param>
    /// <param name="input">The small image <c>[batch, …, channels]</c>: the output of the planned convolution.</param>
    /// <param name="filter">The filter <c>[…, filters, channels]</c>.</param>
    /// <param name="outputPadding">Elements added at the end of each spatial axis, or null.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public ConvolutionPlan TransposedPlan(string name, in Shape input, in Shape filter, (int Height, int Width)? outputPadding)
    {
        CheckRanks(name, input, filter);
        if (input[^1] != filter[^1])
            throw new ShapeException(
                name, "the input's channels must be the kernel's last axis", $"input {input}, kernel {filter}",
                "a transposed kernel is [..., filters, channels]");
        var (vertical, horizontal) = Windows(filter);
        var inputHeight = SpatialAxes == 1 ? 1 : input[1];
        var height = SpatialAxes == 1 ? 1 : vertical.TransposedSize(inputHeight, outputPadding?.Height);
        var width = horizontal.TransposedSize(input[^2], outputPadding?.Width);
        if (height <= 0 || width <= 0)
            throw new ShapeException(name, "Computed output size would be zero or negative", $"input {input}, kernel {filter}");
        var sizes = Sizes(filter, 1, filter[^1]) with
        {
            Batch = input[0],
            InputHeight = height,
            InputWidth = width,
            OutputHeight = inputHeight,
            OutputWidth = input[^2],
            PadTop = vertical.PaddingBefore(height, inputHeight),
            PadLeft = horizontal.PaddingBefore(width, input[^2]),
        };
        return new(sizes, Images(input[0], height, width, filter[^2]), filter, input);
    }

    private (SlidingWindow Vertical, SlidingWindow Horizontal) Windows(in Shape filter) =>
    (
        // A 1D convolution is a 2D one of height 1.
        SpatialAxes == 1 ? new(1, 1, 1, Padding.Valid) : new(filter[0], Strides.Height, Dilation.Height, Padding),
        new(filter[^3], Strides.Width, Dilation.Width, Padding));

    private ConvolutionSizes Sizes(in Shape filter, int groups, int filters) => new()
    {
        Batch = 0,
        InputHeight = 0,
        InputWidth = 0,
        InputChannels = Groups == Depthwise ? groups : filter[^2] * groups,
        KernelHeight = SpatialAxes == 1 ? 1 : filter[0],
        KernelWidth = filter[^3],
        OutputHeight = 0,
        OutputWidth = 0,
        OutputChannels = filters,
        StrideHeight = SpatialAxes == 1 ? 1 : Strides.Height,
        StrideWidth = Strides.Width,
        DilationHeight = SpatialAxes == 1 ? 1 : Dilation.Height,
        DilationWidth = Dilation.Width,
        Groups = groups,
    };

    private Shape Images(int batch, int height, int width, int channels) =>
        SpatialAxes == 1 ? [batch, width, channels] : [batch, height, width, channels];

    private void CheckRanks(string name, in Shape input, in Shape filter)
    {
        if (input.Rank == SpatialAxes + 2 && filter.Rank == SpatialAxes + 2)
            return;
        var layout = SpatialAxes == 1 ? "[batch, steps, channels]" : "[batch, height, width, channels]";
        throw new ShapeException(name, $"needs an input {layout} and a kernel of the same rank", $"input {input}, kernel {filter}");
    }
}
