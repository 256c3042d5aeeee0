namespace GpuKeras.Constraints;

/// <summary>Weights are not negative: <c>max(w, 0)</c>.</summary>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override Tensor Project(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return weight.Maximum(0);
    }
}
