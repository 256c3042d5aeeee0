using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The windows of output pixels as the rows of A of a matrix product on a GPU; they exist only in registers.</summary>
/// <typeparam name="TOrder">Whether a line is an output pixel, with its window along k, or a place in the window, with the pixels along k.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">The input.</param>
/// <param name="geometry">The windows.</param>
/// <remarks>A quad is four places of one pixel's window. The product's matrices are the groups.</remarks>
internal struct WindowSource<TOrder, T>(ArrayView<T> view, WindowGeometry geometry) : ITileSource<T>
    where TOrder : struct, IWindowOrder
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
    public readonly bool AlongLines => TOrder.IsTransposed;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        group = matrix;
        pixel = geometry.Pixel(TOrder.IsTransposed ? k : line);
        tap = geometry.Tap(TOrder.IsTransposed ? line : k);
        this.line = line;
        this.k = k;
        // A line past the last has no numbers.
        this.end = line < (TOrder.IsTransposed ? geometry.WindowLength : geometry.Pixels) ? end : 0;
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
                var index = TOrder.IsTransposed ? line : k;
                quad = new(Read(ref next, index), Read(ref next, index + 1), Read(ref next, index + 2), Read(ref next, index + 3));
            }
        }
        k += step;
        if (TOrder.IsTransposed)
            geometry.Advance(ref pixel, step);
        else
            geometry.Advance(ref tap, step);
        return quad;
    }

    private readonly T Read(ref TapCursor at, int index)
    {
        var place = index < (TOrder.IsTransposed ? geometry.WindowLength : end) ? geometry.Place(pixel, at, group) : -1;
        geometry.Advance(ref at, 1);
        return place < 0 ? default : view[place];
    }
}
