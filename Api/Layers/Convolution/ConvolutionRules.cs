namespace GpuKeras.Layers;

/// <summary>Checks that all convolution layers make.</summary>
internal static class ConvolutionRules
{
    public static void CheckPositive(string argument, int value)
    {
        if (value <= 0)
            throw new ArgumentException(
                $"Invalid value for argument `{argument}`. Expected a strictly positive value. Received {argument}={value}.");
    }

    public static void CheckDilation(in Size2D strides, in Size2D dilation)
    {
        if (Math.Max(strides.Height, strides.Width) > 1 && Math.Max(dilation.Height, dilation.Width) > 1)
            throw new ArgumentException(
                $"`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides={strides} and dilation_rate={dilation}");
    }

    /// <summary>The output shape of a convolution of <c>[batch, …, channels]</c> with a kernel <c>[…, channels, filters]</c>.</summary>
    /// <exception cref="ShapeException">The kernel does not fit into the input.</exception>
    public static Shape OutputShape(
        Layer layer, in Shape input, in Shape kernel, int filters, in Size2D strides, in Size2D dilation, PaddingMode padding)
    {
        if (kernel.Rank != input.Rank)
            throw new ShapeException(
                $"layer '{layer.Name}': Kernel shape must have the same length as input, but received kernel of shape {kernel.ToKerasString()} " +
                $"and input of shape {input.ToKerasString()}.");
        var output = input.WithLast(filters);
        for (var axis = 1; axis < input.Rank - 1; axis++)
        {
            var horizontal = axis == input.Rank - 2;
            var window = new SlidingWindow(
                kernel[axis - 1], horizontal ? strides.Width : strides.Height, horizontal ? dilation.Width : dilation.Height, padding.Kind);
            if (input[axis] == Shape.Unknown)
                continue;
            output = output.With(axis, window.OutputSize(input[axis]));
            if (output[axis] <= 0)
                throw new ShapeException(
                    $"layer '{layer.Name}': Computed output size would be zero or negative. Received `inputs shape={input.ToKerasString()}`, " +
                    $"`kernel shape={kernel.ToKerasString()}`, `dilation_rate={dilation}`, `strides={strides}`, `padding={padding}`. " +
                    "Hint: padding \"same\" keeps the size, or use a smaller kernel.");
        }
        return output;
    }
}
