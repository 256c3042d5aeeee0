namespace GpuKeras.Constraints;

/// <summary>The norm of each unit's incoming weights is 1.</summary>
/// <param name="axis">The axes along which norms are taken; 0 by default.</param>
public sealed class UnitNorm(ConstraintAxes? axis = null) : Constraint
{
    /// <summary>The axes along which norms are taken.</summary>
    public ConstraintAxes Axis { get; } = axis ?? 0;

    /// <inheritdoc/>
    public override Tensor Project(Tensor weight) => weight / (Norms(weight, Axis) + Keras.Epsilon);
}
