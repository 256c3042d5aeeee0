using System.Text.Json.Nodes;

namespace GpuKeras.Regularizers;

/// <summary>The penalty <c>l2 · Σx²</c>, which keeps weights small.</summary>
/// <param name="l2">The factor; not negative.</param>
public sealed class L2(double l2 = 0.01) : Regularizer
{
    /// <summary>The factor <c>l2</c>; a member cannot be called like its class.</summary>
    public double Factor { get; } = Checked(l2, nameof(l2));

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Square().Sum() * Factor;
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["l2"] = Factor };
}
