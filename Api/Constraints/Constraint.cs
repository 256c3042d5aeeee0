using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Constraints;

/// <summary>A rule that a weight is brought back to after each update. Keras' identifiers, such as <c>"non_neg"</c>, convert to it.</summary>
public abstract class Constraint : IKerasObject
{
    private static readonly Utilities.IdentifierTable<Constraint> Known = new(
        "constraint",
        ("MaxNorm", static () => new MaxNorm()),
        ("MinMaxNorm", static () => new MinMaxNorm()),
        ("NonNeg", static () => new NonNeg()),
        ("UnitNorm", static () => new UnitNorm()));

    /// <summary>The nearest values that obey the rule, of the weight's shape.</summary>
    /// <param name="weight">The weight after an update.</param>
    public abstract Tensor Project(Tensor weight);

    /// <summary>The configuration under Keras' names.</summary>
    public virtual JsonObject GetConfig() => KerasConfig.OfConstructor(this);

    /// <summary>The constraint that an identifier names, with its defaults.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the message suggests the nearest name.</exception>
    public static implicit operator Constraint(string identifier) => Known.Resolve(identifier);

    /// <summary>The Euclidean norms along the given axes, which stay with size 1.</summary>
    private protected static Tensor Norms(Tensor weight, ConstraintAxes axes)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return weight.Square().Sum(axes.Values, keepDims: true).Sqrt();
    }
}
