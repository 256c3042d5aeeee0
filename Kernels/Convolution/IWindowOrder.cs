namespace GpuKeras.Kernels.Convolution;

/// <summary>Which way a convolution's windows lie in a matrix, as a constant.</summary>
/// <remarks>With both ways in one file, because apart they say nothing.</remarks>
internal interface IWindowOrder
{
    /// <summary>Whether the lines are places in the window, and k runs through the output pixels; otherwise the other way round.</summary>
    static abstract bool IsTransposed { get; }
}

/// <summary>A line for each output pixel: forward and input gradient.</summary>
internal readonly struct PixelLines : IWindowOrder
{
    /// <inheritdoc/>
    public static bool IsTransposed => false;
}

/// <summary>A line for each place in the window: the filter gradient.</summary>
internal readonly struct PlaceLines : IWindowOrder
{
    /// <inheritdoc/>
    public static bool IsTransposed => true;
}
