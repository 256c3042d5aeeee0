using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A filter as the columns of B of a convolution's matrix product on a GPU.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">The filter.</param>
/// <param name="geometry">Where its numbers lie.</param>
/// <remarks>A line is a channel of the result; k runs through the window. The product's matrices are the groups.</remarks>
internal struct FilterSource<T>(ArrayView<T> view, FilterGeometry geometry) : ITileSource<T>
    where T : unmanaged
{
    private readonly ArrayView<T> view = view;
    private readonly FilterGeometry geometry = geometry;
    private readonly bool hasQuads = geometry.HasQuads && QuadMemory.IsAligned(view);

    private TapCursor tap;
    private int group;
    private int line;
    private int k;
    private int end;

    /// <inheritdoc/>
    public readonly bool AlongLines => !geometry.Transpose;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        group = matrix;
        tap = geometry.Tap(k);
        this.line = line;
        this.k = k;
        this.end = line < geometry.Filters ? end : 0;
    }

    /// <inheritdoc/>
    public Quad<T> Next(int step)
    {
        var quad = default(Quad<T>);
        if (k < end)
        {
            if (hasQuads)
            {
                quad = QuadMemory.Load(view, geometry.Place(tap, line, group));
            }
            else if (AlongLines)
            {
                quad = new(ReadLine(0), ReadLine(1), ReadLine(2), ReadLine(3));
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

    private readonly T ReadLine(int offset) =>
        line + offset < geometry.Filters ? view[geometry.Place(tap, line + offset, group)] : default;

    private readonly T Read(ref TapCursor at, int index)
    {
        var value = index < end ? view[geometry.Place(at, line, group)] : default;
        geometry.Advance(ref at, 1);
        return value;
    }
}
