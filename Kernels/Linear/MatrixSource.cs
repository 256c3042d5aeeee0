namespace GpuKeras.Kernels.Linear;

/// <summary>Rows of A, or columns of B, that lie in memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="operand">Where they lie.</param>
internal struct MatrixSource<T>(ProductOperand<T> operand) : ITileSource<T>
    where T : unmanaged
{
    private readonly ProductOperand<T> operand = operand;
    private long place;
    private int line;
    private int k;
    private int end;

    /// <inheritdoc/>
    public static bool CanCopy => true;

    /// <inheritdoc/>
    public readonly bool AlongLines => operand.AlongLines;

    // How many numbers a quad has before its direction ends, or more.
    private readonly int Left => operand.AlongLines ? operand.Lines - line : end - k;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        this.line = line;
        this.k = k;
        this.end = end;
        place = operand.Start(matrix) + (long)line * operand.LineStride + (long)k * operand.KStride;
    }

    /// <inheritdoc/>
    public Quad<T> Next(int step)
    {
        var quad = default(Quad<T>);
        if (line < operand.Lines && k < end)
        {
            if (operand.HasWholeQuads)
            {
                quad = QuadMemory.Load(operand.View, place);
            }
            else
            {
                var left = Left;
                var view = operand.View.SubView(place, Math.Min(left, Quad<T>.Count));
                quad = new(view[0], left > 1 ? view[1] : default, left > 2 ? view[2] : default, left > 3 ? view[3] : default);
            }
        }
        Advance(step);
        return quad;
    }

    /// <inheritdoc/>
    public void Copy(ArrayView<float> stripes, int place, int pitch, int step)
    {
        // Not &&: a branch would cost more than both comparisons.
        var exists = (line < operand.Lines) & (k < end);
        if (!operand.HasWholeQuads)
            CopyOnes(stripes, place, operand.AlongLines ? 1 : pitch, Left, exists);
        else if (operand.AlongLines)
            AsyncCopy.Start(stripes, place, operand.View.Cast<float>(), this.place, exists);
        else
            CopyOnes(stripes, place, pitch, Quad<T>.Count, exists);
        Advance(step);
    }

    /// <param name="stripes">Shared memory.</param>
    /// <param name="target">Where the first number goes.</param>
    /// <param name="distance">From there to where the next one goes.</param>
    /// <param name="left">How many numbers there are, or more.</param>
    /// <param name="exists">Whether there is a first one.</param>
    private readonly void CopyOnes(ArrayView<float> stripes, int target, int distance, int left, bool exists)
    {
        var view = operand.View.SubView(place, Quad<T>.Count).Cast<float>();
        AsyncCopy.StartOne(stripes, target, view, 0, exists);
        AsyncCopy.StartOne(stripes, target + distance, view, 1, exists & (left > 1));
        AsyncCopy.StartOne(stripes, target + 2 * distance, view, 2, exists & (left > 2));
        AsyncCopy.StartOne(stripes, target + 3 * distance, view, 3, exists & (left > 3));
    }

    private void Advance(int step)
    {
        k += step;
        place += (long)step * operand.KStride;
    }
}
