namespace GpuKeras.Kernels.Convolution;

/// <summary>Where the output pixels of a <see cref="TapGrid"/> lie: of a convolution all of them, of an input gradient those of a phase.</summary>
internal readonly record struct OutputPixels
{
    private readonly TapAxis rows;
    private readonly TapAxis columns;
    private readonly int pixelStride;
    private readonly int rowStride;
    private readonly long imageStride;
    private readonly bool isDense;

    /// <summary>The output pixels of a grid that has some.</summary>
    public OutputPixels(in TapGrid grid)
    {
        (rows, columns) = (grid.Rows, grid.Columns);
        (pixelStride, rowStride, imageStride) = ((int)grid.Output.Pixel, (int)grid.Output.Row, grid.Output.Image);
        isDense = rows.OutputStep == 1 && columns.OutputStep == 1;
    }

    /// <summary>Where the first channel of the pixel with number <paramref name="index"/> lies.</summary>
    public long Place(int index) =>
        isDense ? (long)index * pixelStride : Place(new PixelCursor(index, rows.Outputs, columns.Outputs));

    private long Place(in PixelCursor pixel) =>
        pixel.Image * imageStride + (long)(rows.OutputFirst + pixel.Row * rows.OutputStep) * rowStride
        + (columns.OutputFirst + pixel.Column * columns.OutputStep) * pixelStride;
}
