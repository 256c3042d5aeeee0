using System.Text.Json.Nodes;
using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>Densely connected layer: <c>activation(x · kernel + bias)</c>.</summary>
/// <remarks>
/// Input <c>[batch, …, inputDim]</c>; output <c>[batch, …, units]</c>. Weights: kernel <c>[inputDim, units]</c>, bias
/// <c>[units]</c>.
/// </remarks>
public sealed class Dense : KernelLayer
{
    /// <summary>A densely connected layer.</summary>
    /// <param name="units">The size of the output's last axis.</param>
    /// <param name="activation">The function of the sum; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">The first kernel; Glorot uniform by default.</param>
    /// <param name="biasInitializer">The first bias; zeros by default.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="kernelConstraint">A rule that the kernel is brought back to after each update.</param>
    /// <param name="biasConstraint">A rule for the bias.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException"><paramref name="units"/> is not positive.</exception>
    public Dense(
        int units,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null)
        : base(
            activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer,
            kernelConstraint, biasConstraint, name)
    {
        if (units <= 0)
            throw new ArgumentException(
                $"Received an invalid value for `units`, expected a positive integer. Received: units={units}", nameof(units));
        Units = units;
        InputSpec = new() { MinRank = 2 };
        SupportsMasking = true;
    }

    /// <summary>The size of the output's last axis.</summary>
    public int Units { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input.WithLast(Units);

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().WithoutNull("activity_regularizer");

    internal override (string Key, JsonNode? Value)[] FixedConfig => [("quantization_config", null)];

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var inputs = this.KnownSize(input, -1);
        AddKernel([inputs, Units]);
        AddBias(Units);
        InputSpec = new() { MinRank = 2, LastSize = inputs };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        Activation.Dense(inputs.AsFloatingPoint(DType), Kernel, Bias);
}
