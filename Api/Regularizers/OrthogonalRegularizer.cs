namespace GpuKeras.Regularizers;

/// <summary>A penalty on the rows or columns of a matrix that are not orthogonal to each other.</summary>
/// <remarks>The factor times the mean absolute cosine between two different rows (or columns).</remarks>
public sealed class OrthogonalRegularizer : Regularizer
{
    // As in Keras' normalize: the squared norm is at least this.
    private const double SmallestSquare = 1e-12;

    /// <summary>A penalty with this factor.</summary>
    /// <param name="factor">The factor; not negative.</param>
    /// <param name="mode">What should be orthogonal: <c>rows</c> or <c>columns</c>.</param>
    /// <exception cref="ArgumentException">The factor is negative, or the mode unknown.</exception>
    public OrthogonalRegularizer(double factor = 0.01, string mode = "rows")
    {
        Factor = Checked(factor, nameof(factor));
        Mode = mode is "rows" or "columns"
            ? mode
            : throw new ArgumentException($"OrthogonalRegularizer: mode must be 'rows' or 'columns'; got '{mode}'", nameof(mode));
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>What should be orthogonal: <c>rows</c> or <c>columns</c>.</summary>
    public string Mode { get; }

    /// <summary>The penalty of a matrix <c>[rows, columns]</c>, a scalar.</summary>
    /// <exception cref="ShapeException">The tensor is not a matrix.</exception>
    public override Tensor Penalty(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Rank != 2)
            throw new ShapeException("OrthogonalRegularizer", "inputs must have rank 2", $"shape {tensor.Shape}");
        var (axis, size) = Mode == "rows" ? (1, tensor.Shape[0]) : (0, tensor.Shape[1]);
        var unit = tensor * tensor.Square().Sum([axis], keepDims: true).Maximum(SmallestSquare).Rsqrt();
        var cosines = Mode == "rows" ? unit.MatMul(unit, transposeB: true) : unit.MatMul(unit, transposeA: true);
        var offDiagonal = cosines * (1 - Tensor.Eye(size, dtype: tensor.DType));
        var pairs = size * (size - 1.0) / 2;
        return offDiagonal.Abs().Sum() * (Factor * 0.5 / pairs);
    }
}
