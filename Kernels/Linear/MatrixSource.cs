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
    public readonly bool AlongLines => operand.AlongLines;

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
                var left = operand.AlongLines ? operand.Lines - line : end - k;
                var view = operand.View;
                quad = new(
                    view[place], left > 1 ? view[place + 1] : default, left > 2 ? view[place + 2] : default,
                    left > 3 ? view[place + 3] : default);
            }
        }
        k += step;
        place += (long)step * operand.KStride;
        return quad;
    }
}
