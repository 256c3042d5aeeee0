namespace GpuKeras.Kernels.Convolution;

/// <summary>A <see cref="TapGrid"/> as device bodies read it: which input an output pixel sees through which tap.</summary>
/// <remarks>The input is <c>[batch, rows, columns, channels]</c>; numbers of pixels and places are 32-bit, images' offsets 64-bit.</remarks>
internal readonly record struct WindowGeometry
{
    private readonly TapAxis rows;
    private readonly TapAxis columns;
    private readonly int pixelStride;

    /// <summary>The geometry of a grid that has output pixels and taps.</summary>
    public WindowGeometry(in TapGrid grid)
    {
        (rows, columns, Depth, pixelStride) = (grid.Rows, grid.Columns, grid.Depth, (int)grid.Input.Pixel);
        Pixels = checked(grid.Batch * rows.Outputs * columns.Outputs);
        WindowLength = checked((int)grid.WindowLength);
    }

    /// <summary>Output pixels of all images.</summary>
    public int Pixels { get; }

    /// <summary>Channels of a group at each tap.</summary>
    public int Depth { get; }

    /// <summary>Places in a window.</summary>
    public int WindowLength { get; }

    /// <summary>Whether four places from a multiple of four on are neighbours in memory, from a multiple of four on.</summary>
    public bool HasQuads => Depth % 4 == 0 && pixelStride % 4 == 0;

    /// <summary>The output pixel with number <paramref name="index"/>.</summary>
    public PixelCursor Pixel(int index) => new(index, rows.Outputs, columns.Outputs);

    /// <summary>The place in the window with number <paramref name="index"/>.</summary>
    public TapCursor Tap(int index) => new(index, columns.Taps, Depth);

    /// <summary>Goes on along output pixels.</summary>
    public void Advance(ref PixelCursor pixel, int step) => pixel.Advance(step, rows.Outputs, columns.Outputs);

    /// <summary>Goes on along places of the window.</summary>
    public void Advance(ref TapCursor tap, int step) => tap.Advance(step, columns.Taps, Depth);

    /// <summary>Where the input is that a pixel sees through a tap; −1 for the padding.</summary>
    /// <param name="pixel">The output pixel.</param>
    /// <param name="tap">The place in the window.</param>
    /// <param name="group">The group of channels.</param>
    public long Place(in PixelCursor pixel, in TapCursor tap, int group)
    {
        var row = rows.Input(pixel.Row, tap.Row);
        var column = columns.Input(pixel.Column, tap.Column);
        if ((uint)row >= (uint)rows.Inputs || (uint)column >= (uint)columns.Inputs)
            return -1;
        return (((long)pixel.Image * rows.Inputs + row) * columns.Inputs + column) * pixelStride + group * Depth + tap.Channel;
    }
}
