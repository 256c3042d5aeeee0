namespace GpuKeras.Kernels.Convolution;

/// <summary>The taps that a tile of pixels sees inputs through, as steps through memory: rows of taps, taps of a row, depth.</summary>
/// <param name="Rows">How many rows of taps.</param>
/// <param name="Columns">How many taps in a row.</param>
/// <param name="Depth">Neighbouring elements, of the input's and of the panel's rows, at each tap.</param>
/// <param name="InputRow">Elements of the input from one row of taps to the next.</param>
/// <param name="InputColumn">Elements of the input from one tap to the next.</param>
/// <param name="PanelRow">Rows of the panel from one row of taps to the next.</param>
/// <remarks>In the panel, the taps of a row follow each other without a gap.</remarks>
internal readonly record struct WindowTaps(nint Rows, nint Columns, nint Depth, nint InputRow, nint InputColumn, nint PanelRow)
{
    /// <summary>The same taps, those of a row joined into one where they follow each other in the input.</summary>
    public WindowTaps Joined => InputColumn == Depth ? this with { Columns = 1, Depth = Columns * Depth } : this;
}
