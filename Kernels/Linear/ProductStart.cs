namespace GpuKeras.Kernels.Linear;

/// <summary>C on a CPU-like device, and what its sums start from.</summary>
/// <param name="c">C <c>[batch, m, n]</c>.</param>
/// <param name="bias">The bias <c>[n]</c> that sums start from; empty for none.</param>
/// <param name="rows">m.</param>
/// <param name="columns">n.</param>
/// <param name="accumulate">Whether the sums start from C's old value.</param>
internal readonly struct ProductStart(ArrayView<float> c, ArrayView<float> bias, int rows, int columns, bool accumulate)
{
    private readonly ArrayView<float> c = c;
    private readonly ArrayView<float> bias = bias;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly bool accumulate = accumulate;

    /// <summary>n; a partial panel at the end is not C's.</summary>
    public int Columns => columns;

    /// <summary>Whether sums start from anything but 0.</summary>
    public bool IsPresent => accumulate || bias.Length > 0;

    /// <summary>What one sum starts from, where anything is present.</summary>
    /// <param name="line">The row, counted through all matrices.</param>
    /// <param name="column">The column.</param>
    public float Of(int line, int column) => accumulate ? c[(long)line * columns + column] : bias[column];

    /// <summary>What sixteen sums of a row start from.</summary>
    /// <param name="matrix">Which matrix of C.</param>
    /// <param name="row">The row.</param>
    /// <param name="column">The first column.</param>
    /// <param name="zero">Zeros.</param>
    public FloatPanel Load(int matrix, int row, int column, FloatPanel zero)
    {
        if (accumulate)
            return FloatPanel.Load(c, Place(matrix, row, column));
        return bias.Length > 0 ? FloatPanel.Load(bias, column) : zero;
    }

    /// <summary>Writes sixteen sums of a row.</summary>
    public void Store(int matrix, int row, int column, FloatPanel sums) => FloatPanel.Store(c, Place(matrix, row, column), sums);

    private long Place(int matrix, int row, int column) => ((long)matrix * rows + row) * columns + column;
}
