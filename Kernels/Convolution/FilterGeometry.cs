namespace GpuKeras.Kernels.Convolution;

/// <summary>Where a filter's numbers lie for a <see cref="TapGrid"/>.</summary>
internal readonly record struct FilterGeometry
{
    private readonly TapAxis rows;
    private readonly TapAxis columns;
    private readonly int kernelWidth;
    private readonly int inputChannels;
    private readonly int outputChannels;
    private readonly int groupOutputs;

    /// <summary>The filter of a convolution, or of a part of its input gradient.</summary>
    /// <param name="grid">The convolution.</param>
    /// <param name="sizes">The sizes of the filter.</param>
    /// <param name="transpose">Whether the filter's output channels are summed over: in the input gradient.</param>
    public FilterGeometry(in TapGrid grid, in ConvolutionSizes sizes, bool transpose)
    {
        (rows, columns, Depth, Filters, Transpose) = (grid.Rows, grid.Columns, grid.Depth, grid.Filters, transpose);
        (kernelWidth, inputChannels) = (sizes.KernelWidth, sizes.GroupInputChannels);
        (outputChannels, groupOutputs) = (sizes.OutputChannels, sizes.GroupOutputChannels);
    }

    /// <summary>Whether the window's channels, and not the result's, are neighbours in memory.</summary>
    public bool Transpose { get; }

    /// <summary>Channels of a group at each tap.</summary>
    public int Depth { get; }

    /// <summary>Channels of the result in a group.</summary>
    public int Filters { get; }

    /// <summary>Whether quads of neighbours start at multiples of four.</summary>
    public bool HasQuads => groupOutputs % 4 == 0;

    /// <summary>The place in the window with number <paramref name="index"/>.</summary>
    public TapCursor Tap(int index) => new(index, columns.Taps, Depth);

    /// <summary>Goes on along places of the window.</summary>
    public void Advance(ref TapCursor tap, int step) => tap.Advance(step, columns.Taps, Depth);

    /// <summary>Where the filter's number for a place in the window and a channel of the result lies.</summary>
    public int Place(in TapCursor tap, int filter, int group)
    {
        var pixel = (rows.FilterFirst + tap.Row * rows.FilterStep) * kernelWidth + columns.FilterFirst + tap.Column * columns.FilterStep;
        var (input, output) = Transpose ? (filter, tap.Channel) : (tap.Channel, filter);
        return (pixel * inputChannels + input) * outputChannels + group * groupOutputs + output;
    }
}
