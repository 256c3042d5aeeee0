using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>The parameters of a pooling over one or two spatial axes.</summary>
/// <param name="SpatialAxes">1 for <c>[batch, steps, channels]</c>, 2 for <c>[batch, height, width, channels]</c>.</param>
/// <param name="Window">Rows and columns; a 1D pooling uses the columns.</param>
/// <param name="Strides">Rows and columns from one output to the next.</param>
/// <param name="Padding">What happens at the edges: valid or same.</param>
internal readonly record struct PoolingOptions(
    int SpatialAxes, (int Height, int Width) Window, (int Height, int Width) Strides, Padding Padding)
{
    /// <summary>The output's shape.</summary>
    /// <exception cref="ShapeException">The input's rank is wrong, or it is smaller than the window.</exception>
    public Shape OutputShape(string name, in Shape input)
    {
        if (input.Rank != SpatialAxes + 2)
            throw new ShapeException(
                name, $"needs an input {(SpatialAxes == 1 ? "[batch, steps, channels]" : "[batch, height, width, channels]")}",
                $"input {input}");
        var sizes = Sizes(input);
        if (sizes.OutputHeight <= 0 || sizes.OutputWidth <= 0)
            throw new ShapeException(
                name, "Computed output size would be zero or negative",
                $"input {input}, window {(SpatialAxes == 1 ? $"[{Window.Width}]" : $"[{Window.Height}, {Window.Width}]")}",
                "padding \"same\", or a smaller window");
        return SpatialAxes == 1
            ? [input[0], sizes.OutputWidth, input[^1]]
            : [input[0], sizes.OutputHeight, sizes.OutputWidth, input[^1]];
    }

    /// <summary>All sizes for an input whose shape has been checked.</summary>
    public PoolingSizes Sizes(in Shape input)
    {
        // A 1D pooling is a 2D one of height 1.
        var vertical = SpatialAxes == 1 ? new(1, 1, 1, Padding.Valid) : new SlidingWindow(Window.Height, Strides.Height, 1, Padding);
        var horizontal = new SlidingWindow(Window.Width, Strides.Width, 1, Padding);
        var height = SpatialAxes == 1 ? 1 : input[1];
        var width = input[^2];
        var (outputHeight, outputWidth) = (vertical.OutputSize(height), horizontal.OutputSize(width));
        return new()
        {
            Batch = input[0],
            InputHeight = height,
            InputWidth = width,
            Channels = input[^1],
            WindowHeight = vertical.Size,
            WindowWidth = horizontal.Size,
            OutputHeight = outputHeight,
            OutputWidth = outputWidth,
            StrideHeight = vertical.Stride,
            StrideWidth = horizontal.Stride,
            PadTop = vertical.PaddingBefore(height, outputHeight),
            PadLeft = horizontal.PaddingBefore(width, outputWidth),
        };
    }
}
