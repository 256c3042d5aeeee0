using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The windows of output pixels as the rows of A of a matrix product on a GPU; they exist only in registers.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">The input.</param>
/// <param name="geometry">The windows.</param>
/// <remarks>A line is an output pixel; k runs through its window. The product's matrices are the groups.</remarks>
internal struct WindowSource<T>(ArrayView<T> view, WindowGeometry geometry) : ITileSource<T>
    where T : unmanaged
{
    private readonly ArrayView<T> view = view;
    private readonly WindowGeometry geometry = geometry;
    private readonly bool hasQuads = geometry.HasQuads && QuadMemory.IsAligned(view);

    private PixelCursor pixel;
    private TapCursor tap;
    private int group;
    private int k;
    private int end;

    /// <inheritdoc/>
    public readonly bool AlongLines => false;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        group = matrix;
        pixel = geometry.Pixel(line);
        tap = geometry.Tap(k);
        this.k = k;
        // A pixel past the last sees nothing.
        this.end = line < geometry.Pixels ? end : 0;
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
                quad = new(Read(ref next, k), Read(ref next, k + 1), Read(ref next, k + 2), Read(ref next, k + 3));
            }
        }
        k += step;
        geometry.Advance(ref tap, step);
        return quad;
    }

    private readonly T Read(ref TapCursor at, int index)
    {
        var place = index < end ? geometry.Place(pixel, at, group) : -1;
        geometry.Advance(ref at, 1);
        return place < 0 ? default : view[place];
    }
}
