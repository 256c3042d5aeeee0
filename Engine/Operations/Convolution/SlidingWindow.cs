namespace GpuKeras;

/// <summary>A window that slides along one axis: Keras' rules for the output's size and the padding.</summary>
/// <param name="Size">Elements of the window.</param>
/// <param name="Stride">Elements from one position to the next.</param>
/// <param name="Dilation">Elements from one element of the window to the next.</param>
/// <param name="Padding">What happens at the edges.</param>
internal readonly record struct SlidingWindow(int Size, int Stride, int Dilation, Padding Padding)
{
    /// <summary>Elements from the window's first to its last, both included.</summary>
    public int Extent => (Size - 1) * Dilation + 1;

    /// <summary>How many positions the window has along an axis; zero or less if the axis is too short.</summary>
    public int OutputSize(int inputSize) => Padding == Padding.Valid
        ? inputSize < Extent ? 0 : (inputSize - Extent) / Stride + 1
        : (inputSize + Stride - 1) / Stride;

    /// <summary>How many elements of padding come before the input.</summary>
    public int PaddingBefore(int inputSize, int outputSize) => Padding switch
    {
        Padding.Valid => 0,
        Padding.Causal => Extent - 1,
        _ => Math.Max(0, (outputSize - 1) * Stride + Extent - inputSize) / 2,
    };

    /// <summary>The size of the output of the transposed operation.</summary>
    /// <param name="inputSize">The size of its input.</param>
    /// <param name="outputPadding">Elements added at the end, or null for the size that the stride and the window imply.</param>
    public int TransposedSize(int inputSize, int? outputPadding)
    {
        if (outputPadding is { } extra)
            return (inputSize - 1) * Stride + Extent - (Padding == Padding.Same ? 2 * (Extent / 2) : 0) + extra;
        return inputSize * Stride + (Padding == Padding.Same ? 0 : Math.Max(0, Extent - Stride));
    }
}
