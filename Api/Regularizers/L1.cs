using System.Text.Json.Nodes;

namespace GpuKeras.Regularizers;

/// <summary>The penalty <c>l1 · Σ|x|</c>, which drives small weights to zero.</summary>
/// <param name="l1">The factor; not negative.</param>
public sealed class L1(double l1 = 0.01) : Regularizer
{
    /// <summary>The factor <c>l1</c>; a member cannot be called like its class.</summary>
    public double Factor { get; } = Checked(l1, nameof(l1));

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Abs().Sum() * Factor;
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["l1"] = Factor };
}
