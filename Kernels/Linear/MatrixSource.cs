namespace GpuKeras.Kernels.Linear;

/// <summary>Rows of A, or columns of B, that lie in memory: along lines or along k, one of both is contiguous.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">All matrices.</param>
/// <param name="lines">How many lines a matrix has.</param>
/// <param name="inner">k.</param>
/// <param name="alongLines">Whether lines, not numbers along k, are neighbours in memory.</param>
/// <param name="batch">Which matrix belongs to which product.</param>
/// <param name="isRight">Whether this is B.</param>
internal struct MatrixSource<T>(ArrayView<T> view, int lines, int inner, bool alongLines, BatchAxes batch, bool isRight) : ITileSource<T>
    where T : unmanaged
{
    private readonly ArrayView<T> view = view;
    private readonly BatchAxes batch = batch;
    private readonly int lines = lines;
    private readonly int inner = inner;
    private readonly bool isRight = isRight;

    // Then every quad that begins inside ends inside, and a multiple of four from the start of the memory.
    private readonly bool isWhole = QuadMemory.IsAligned(view) && (alongLines ? lines : inner) % Quad<T>.Count == 0;

    private long place;
    private int line;
    private int k;
    private int end;

    /// <inheritdoc/>
    public readonly bool AlongLines { get; } = alongLines;

    private readonly int KStride => AlongLines ? lines : 1;

    private readonly int LineStride => AlongLines ? 1 : inner;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        var (a, b) = batch.Matrices(matrix);
        this.line = line;
        this.k = k;
        this.end = end;
        place = (isRight ? b : a) * ((long)lines * inner) + (long)line * LineStride + (long)k * KStride;
    }

    /// <inheritdoc/>
    public Quad<T> Next(int step)
    {
        var quad = default(Quad<T>);
        if (line < lines && k < end)
        {
            if (isWhole)
            {
                quad = QuadMemory.Load(view, place);
            }
            else
            {
                var left = AlongLines ? lines - line : end - k;
                quad = new(
                    view[place], left > 1 ? view[place + 1] : default, left > 2 ? view[place + 2] : default,
                    left > 3 ? view[place + 3] : default);
            }
        }
        k += step;
        place += (long)step * KStride;
        return quad;
    }
}
