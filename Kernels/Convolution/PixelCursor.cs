namespace GpuKeras.Kernels.Convolution;

/// <summary>A pixel of a batch of images. Goes along without divisions.</summary>
/// <param name="index">The pixel's number across the batch.</param>
/// <param name="rows">Rows of an image, at least 1.</param>
/// <param name="columns">Columns of an image, at least 1.</param>
internal struct PixelCursor(int index, int rows, int columns)
{
    /// <summary>The image.</summary>
    public int Image = index / columns / rows;

    /// <summary>The row in the image.</summary>
    public int Row = index / columns % rows;

    /// <summary>The column in the image.</summary>
    public int Column = index % columns;

    /// <summary>Goes on by <paramref name="step"/> pixels.</summary>
    public void Advance(int step, int rows, int columns)
    {
        Column += step;
        while (Column >= columns)
        {
            Column -= columns;
            if (++Row < rows)
                continue;
            Row = 0;
            Image++;
        }
    }
}
