namespace GpuKeras.Constraints;

/// <summary>The norm of each unit's incoming weights is at most a bound. Srivastava et al. 2014.</summary>
/// <param name="maxValue">The largest norm.</param>
/// <param name="axis">The axes along which norms are taken; 0 by default.</param>
public sealed class MaxNorm(double maxValue = 2, ConstraintAxes? axis = null) : Constraint
{
    /// <summary>The largest norm.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>The axes along which norms are taken.</summary>
    public ConstraintAxes Axis { get; } = axis ?? 0;

    /// <inheritdoc/>
    public override Tensor Project(Tensor weight)
    {
        var norms = Norms(weight, Axis);
        return weight * (norms.Clip(0, MaxValue) / (norms + Keras.Epsilon));
    }
}
