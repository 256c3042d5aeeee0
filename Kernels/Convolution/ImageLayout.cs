namespace GpuKeras.Kernels.Convolution;

/// <summary>Where the pixels of a batch of images <c>[batch, height, width, channels]</c> lie: elements from one to the next.</summary>
/// <param name="Pixel">From one pixel to its right neighbour: the channels.</param>
/// <param name="Row">From one row to the next.</param>
/// <param name="Image">From one image to the next.</param>
internal readonly record struct ImageLayout(nint Pixel, nint Row, nint Image)
{
    /// <summary>The layout of contiguous images.</summary>
    public static ImageLayout Of(int height, int width, int channels) =>
        new(channels, (nint)width * channels, (nint)height * width * channels);
}
