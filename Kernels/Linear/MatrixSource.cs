namespace GpuKeras.Kernels.Linear;

/// <summary>Rows of A, or columns of B, that lie in memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="operand">Where they lie.</param>
internal struct MatrixSource<T>(ProductOperand<T> operand) : ITileSource<T>
    where T : unmanaged
{
    private readonly ProductOperand<T> operand = operand;
    private ArrayView<T> rest;
    private int line;
    private int left;

    /// <inheritdoc/>
    public static bool CanCopy => true;

    /// <inheritdoc/>
    public static bool CanBeWhole => true;

    /// <inheritdoc/>
    public readonly bool IsWhole => operand.HasWholeQuads;

    /// <inheritdoc/>
    public readonly bool AlongLines => operand.AlongLines;

    // How many numbers a quad has before its direction ends, or more.
    private readonly int Count => operand.AlongLines ? operand.Lines - line : left;

    // Not &&: a branch would cost more than both comparisons.
    private readonly bool Exists => (line < operand.Lines) & (left > 0);

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        // Instead of whole quads beyond the last line the last one is read again: nobody looks at sums outside C.
        if (operand.HasWholeQuads)
            line = Math.Min(line, operand.Lines - (operand.AlongLines ? Quad<T>.Count : 1));
        this.line = line;
        left = end - k;
        rest = operand.View;
        Move(operand.Start(matrix) + (long)line * operand.LineStride + (long)k * operand.KStride);
    }

    /// <inheritdoc/>
    public Quad<T> Next(int step)
    {
        var quad = default(Quad<T>);
        if (Exists)
        {
            if (operand.HasWholeQuads)
            {
                quad = QuadMemory.Load(rest, 0);
            }
            else
            {
                var count = Count;
                quad = new(rest[0], count > 1 ? rest[1] : default, count > 2 ? rest[2] : default, count > 3 ? rest[3] : default);
            }
        }
        Advance(step);
        return quad;
    }

    /// <inheritdoc/>
    public Quad<T> NextWhole(int step)
    {
        var quad = QuadMemory.Load(rest, 0);
        Advance(step);
        return quad;
    }

    /// <inheritdoc/>
    public void Copy(ArrayView<float> target, int pitch, int step)
    {
        if (operand.HasWholeQuads)
            CopyWhole(target, pitch, Exists);
        else
            CopyOnes(target, operand.AlongLines ? 1 : pitch, Count, Exists);
        Advance(step);
    }

    /// <inheritdoc/>
    public void CopyWhole(ArrayView<float> target, int pitch, int step)
    {
        CopyWhole(target, pitch, exists: true);
        Advance(step);
    }

    private readonly void CopyWhole(ArrayView<float> target, int pitch, bool exists)
    {
        if (operand.AlongLines)
            AsyncCopy.Start(target, 0, rest.Cast<float>(), 0, exists);
        else
            CopyOnes(target, pitch, Quad<T>.Count, exists);
    }

    /// <param name="target">Where the first number goes.</param>
    /// <param name="distance">From there to where the next one goes.</param>
    /// <param name="count">How many numbers there are, or more.</param>
    /// <param name="exists">Whether there is a first one.</param>
    private readonly void CopyOnes(ArrayView<float> target, int distance, int count, bool exists)
    {
        var source = rest.Cast<float>();
        AsyncCopy.StartOne(target, 0, source, 0, exists);
        AsyncCopy.StartOne(target, distance, source, 1, exists & (count > 1));
        AsyncCopy.StartOne(target, 2 * distance, source, 2, exists & (count > 2));
        AsyncCopy.StartOne(target, 3 * distance, source, 3, exists & (count > 3));
    }

    private void Advance(int step)
    {
        left -= step;
        Move((long)step * operand.KStride);
    }

    // The view is an address only: what it has is checked by counts.
    private void Move(long distance) => rest = rest.SubView(distance, rest.Length);
}
