namespace GpuKeras.Constraints;

/// <summary>The norm of each unit's incoming weights lies between two bounds.</summary>
/// <param name="minValue">The smallest norm.</param>
/// <param name="maxValue">The largest norm.</param>
/// <param name="rate">How much of the way to the bound is gone at each update; 1 goes all of it.</param>
/// <param name="axis">The axes along which norms are taken; 0 by default.</param>
public sealed class MinMaxNorm(double minValue = 0, double maxValue = 1, double rate = 1, ConstraintAxes? axis = null) : Constraint
{
    /// <summary>The smallest norm.</summary>
    public double MinValue { get; } = minValue;

    /// <summary>The largest norm.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>How much of the way to the bound is gone at each update.</summary>
    public double Rate { get; } = rate;

    /// <summary>The axes along which norms are taken.</summary>
    public ConstraintAxes Axis { get; } = axis ?? 0;

    /// <inheritdoc/>
    public override Tensor Project(Tensor weight)
    {
        var norms = Norms(weight, Axis);
        var desired = norms.Clip(MinValue, MaxValue) * Rate + norms * (1 - Rate);
        return weight * (desired / (norms + Keras.Epsilon));
    }
}
