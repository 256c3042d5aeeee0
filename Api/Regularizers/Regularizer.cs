using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Regularizers;

/// <summary>A penalty on a weight or an activation, added to the loss. Keras' identifiers, such as <c>"l2"</c>, convert to it.</summary>
public abstract class Regularizer : IKerasObject
{
    private static readonly Utilities.IdentifierTable<Regularizer> Known = new(
        "regularizer",
        ("L1", static () => new L1()),
        ("L2", static () => new L2()),
        ("L1L2", static () => new L1L2()),
        ("OrthogonalRegularizer", static () => new OrthogonalRegularizer()));

    /// <summary>The penalty, a scalar.</summary>
    /// <param name="tensor">The weight or activation.</param>
    public abstract Tensor Penalty(Tensor tensor);

    /// <summary>The configuration under Keras' names.</summary>
    public virtual JsonObject GetConfig() => KerasConfig.OfConstructor(this);

    /// <summary>The regularizer that an identifier names, with its defaults.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the message suggests the nearest name.</exception>
    public static implicit operator Regularizer(string identifier) => Known.Resolve(identifier);

    /// <summary>A factor of a penalty, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    private protected static double Checked(double value, string parameter) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(parameter, $"regularizer: {parameter} must be a non-negative number; got {value}");
}
