namespace GpuKeras.Regularizers;

/// <summary>The penalty <c>l1 · Σ|x| + l2 · Σx²</c>.</summary>
/// <param name="l1">The factor of the absolute values; not negative.</param>
/// <param name="l2">The factor of the squares; not negative.</param>
public sealed class L1L2(double l1 = 0, double l2 = 0) : Regularizer
{
    /// <summary>The factor of the absolute values.</summary>
    public double L1 { get; } = Checked(l1, nameof(l1));

    /// <summary>The factor of the squares.</summary>
    public double L2 { get; } = Checked(l2, nameof(l2));

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (L1 == 0 && L2 == 0)
            return Tensor.Scalar(0, tensor.DType);
        if (L1 == 0)
            return tensor.Square().Sum() * L2;
        var absolute = tensor.Abs().Sum() * L1;
        return L2 == 0 ? absolute : absolute + tensor.Square().Sum() * L2;
    }
}
