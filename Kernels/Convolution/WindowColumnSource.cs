using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The transposed windows of output pixels as the rows of A of a filter gradient's matrix product on a GPU.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">The input.</param>
/// <param name="geometry">The windows.</param>
/// <remarks>A line is a place in the window; k runs through the output pixels. The product's matrices are the groups.</remarks>
internal struct WindowColumnSource<T>(ArrayView<T> view, WindowGeometry geometry) : ITileSource<T>
    where T : unmanaged
{
    private readonly ArrayView<T> view = view;
    private readonly WindowGeometry geometry = geometry;
    private readonly bool hasQuads = geometry.HasQuads && QuadMemory.IsAligned(view);

    private PixelCursor pixel;
    private TapCursor tap;
    private int group;
    private int line;
    private int k;
    private int end;

    /// <inheritdoc/>
    public readonly bool AlongLines => true;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        group = matrix;
        pixel = geometry.Pixel(k);
        tap = geometry.Tap(line);
        this.line = line;
        this.k = k;
        // A place past the last has no numbers.
        this.end = line < geometry.WindowLength ? end : 0;
    }

    /// <inheritdoc/>
    public Quad<T> Next(int step)
    {
        var quad = default(Quad<T>);
        if (k < end)
        {
            if (hasQuads)
            {
                var place = geometry.Place(pixel, tap, group);
                if (place >= 0)
                    quad = QuadMemory.Load(view, place);
            }
            else
            {
                var next = tap;
                quad = new(Read(ref next, line), Read(ref next, line + 1), Read(ref next, line + 2), Read(ref next, line + 3));
            }
        }
        k += step;
        geometry.Advance(ref pixel, step);
        return quad;
    }

    private readonly T Read(ref TapCursor at, int index)
    {
        var place = index < geometry.WindowLength ? geometry.Place(pixel, at, group) : -1;
        geometry.Advance(ref at, 1);
        return place < 0 ? default : view[place];
    }
}
