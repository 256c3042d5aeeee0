namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// The input of a <see cref="TapGrid"/> on a CPU-like device: every window lies in memory as a whole, so that nobody asks where the
/// border is. Where windows reach over it, the images are copied with the zeros around them.
/// </summary>
internal readonly struct PaddedImages
{
    /// <summary>The images.</summary>
    public readonly ArrayView<float> View;

    /// <summary>The first place of the first window.</summary>
    public readonly int First;

    /// <summary>Elements from one pixel to the next.</summary>
    public readonly int PixelStride;

    /// <summary>Elements from one row to the next.</summary>
    public readonly int RowStride;

    /// <summary>Elements from one image to the next.</summary>
    public readonly int ImageStride;

    private PaddedImages(ArrayView<float> view, int first, int pixelStride, int rowStride, int imageStride) =>
        (View, First, PixelStride, RowStride, ImageStride) = (view, first, pixelStride, rowStride, imageStride);

    /// <summary>The images, copied if need be.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="x">The images without padding.</param>
    /// <param name="grid">The convolution; it has output pixels and taps.</param>
    public static PaddedImages Launch(ILauncher launcher, ArrayView<float> x, in TapGrid grid)
    {
        var (rows, columns, pixel) = (grid.Rows, grid.Columns, (int)grid.Input.Pixel);
        var (height, width) = (Reach(rows), Reach(columns));
        if (IsInside(rows) && IsInside(columns))
        {
            return new(
                x, (-rows.Pad * columns.Inputs - columns.Pad) * pixel, pixel, columns.Inputs * pixel,
                checked(rows.Inputs * columns.Inputs * pixel));
        }
        var padded = new PaddedImages(
            launcher.Scratch<float>(checked((long)grid.Batch * height * width * pixel)), 0, pixel, width * pixel,
            checked(height * width * pixel));
        launcher.Launch((long)grid.Batch * height, CopyRow, new Copy(x, padded, rows, columns, height, width));
        return padded;
    }

    // Inputs from the first to the last that an output sees.
    private static int Reach(in TapAxis axis) => (axis.Outputs - 1) * axis.Stride + (axis.Taps - 1) * axis.Dilation + 1;

    private static bool IsInside(in TapAxis axis) => axis.Pad <= 0 && Reach(axis) - axis.Pad <= axis.Inputs;

    private static void CopyRow(Index1D index, Copy copy)
    {
        var image = index.X / copy.Height;
        var row = index.X - image * copy.Height - copy.Rows.Pad;
        var (pixel, inputs) = (copy.Padded.PixelStride, copy.Columns.Inputs);
        var target = (long)index.X * copy.Padded.RowStride;
        var isInside = (uint)row < (uint)copy.Rows.Inputs;
        // Columns of the padding on the left, of the image, and on the right; a negative padding cuts the image.
        var left = isInside ? Math.Clamp(copy.Columns.Pad, 0, copy.Width) : copy.Width;
        var right = isInside ? Math.Clamp(inputs + copy.Columns.Pad, left, copy.Width) : copy.Width;
        var source = ((long)(image * copy.Rows.Inputs + row) * inputs - copy.Columns.Pad) * pixel;
        var view = copy.Padded.View;
        for (var i = 0; i < left * pixel; i++)
            view[target + i] = 0;
        for (var i = left * pixel; i < right * pixel; i++)
            view[target + i] = copy.Source[source + i];
        for (var i = right * pixel; i < copy.Width * pixel; i++)
            view[target + i] = 0;
    }

    private readonly record struct Copy(
        ArrayView<float> Source, PaddedImages Padded, TapAxis Rows, TapAxis Columns, int Height, int Width);
}
