using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>What layers with a linear map, a bias and an activation share.</summary>
public abstract class BiasedLayer : Layer
{
    private static readonly ActivationFunction Relu = "relu";

    private protected BiasedLayer(
        ActivationFunction? activation,
        bool useBias,
        Initializer? biasInitializer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? biasConstraint,
        string? name)
        : base(name)
    {
        (Activation, UseBias) = (activation ?? ActivationFunction.Linear, useBias);
        (BiasInitializer, BiasRegularizer, BiasConstraint) = (biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint);
        ActivityRegularizer = activityRegularizer;
        FusesRelu = ReferenceEquals(Activation, Relu);
    }

    /// <summary>The function of the sum; <c>linear</c> by default.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>The first values of the bias.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>A penalty on the bias, or null.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>A rule for the bias, or null.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>The bias <c>[units]</c>, or null; made by the first call.</summary>
    public Variable? Bias { get; private set; }

    /// <summary>Whether the activation is relu, which the product's or convolution's kernel applies in the same pass.</summary>
    private protected bool FusesRelu { get; }

    private protected void AddBias(int units)
    {
        if (UseBias)
            Bias = AddWeight("bias", [units], BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
    }

    /// <summary>Applies the activation, if it has not been applied with the sum.</summary>
    private protected Tensor Activate(Tensor sum) => FusesRelu ? sum : Activation.Apply(sum);
}
