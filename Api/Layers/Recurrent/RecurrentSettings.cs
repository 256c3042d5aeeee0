using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>The arguments that all recurrent layers share.</summary>
internal sealed record RecurrentSettings
{
    private static readonly ActivationFunction Tanh = "tanh";
    private static readonly ActivationFunction Sigmoid = "sigmoid";

    private readonly int units;

    public required int Units
    {
        get => units;
        init => units = SizeRules.Positive(value, "units");
    }

    public ActivationFunction Activation { get; private init; } = Tanh;

    public ActivationFunction RecurrentActivation { get; private init; } = Sigmoid;

    /// <summary>Whether the activations are Keras' own defaults, for which there are fused operations.</summary>
    public bool HasDefaultActivations => ReferenceEquals(Activation, Tanh) && ReferenceEquals(RecurrentActivation, Sigmoid);

    public required bool UseBias { get; init; }

    public Initializer KernelInitializer { get; private init; } = new GlorotUniform();

    public Initializer RecurrentInitializer { get; private init; } = new Orthogonal();

    public Initializer BiasInitializer { get; private init; } = new Zeros();

    public Regularizer? KernelRegularizer { get; private init; }

    public Regularizer? RecurrentRegularizer { get; private init; }

    public Regularizer? BiasRegularizer { get; private init; }

    public Constraint? KernelConstraint { get; private init; }

    public Constraint? RecurrentConstraint { get; private init; }

    public Constraint? BiasConstraint { get; private init; }

    public double Dropout { get; private init; }

    public double RecurrentDropout { get; private init; }

    public long? Seed { get; private init; }

    public bool ReturnSequences { get; private init; }

    public bool ReturnState { get; private init; }

    public bool GoBackwards { get; private init; }

    public bool Stateful { get; private init; }

    public bool Unroll { get; private init; }

    public RecurrentSettings WithActivations(ActivationFunction? activation, ActivationFunction? recurrentActivation = null) =>
        this with { Activation = activation ?? Tanh, RecurrentActivation = recurrentActivation ?? Sigmoid };

    public RecurrentSettings WithInitializers(Initializer? kernel, Initializer? recurrent, Initializer? bias) =>
        this with
        {
            KernelInitializer = kernel ?? KernelInitializer,
            RecurrentInitializer = recurrent ?? RecurrentInitializer,
            BiasInitializer = bias ?? BiasInitializer,
        };

    public RecurrentSettings WithRegularizers(Regularizer? kernel, Regularizer? recurrent, Regularizer? bias) =>
        this with { KernelRegularizer = kernel, RecurrentRegularizer = recurrent, BiasRegularizer = bias };

    public RecurrentSettings WithConstraints(Constraint? kernel, Constraint? recurrent, Constraint? bias) =>
        this with { KernelConstraint = kernel, RecurrentConstraint = recurrent, BiasConstraint = bias };

    // As in Keras, rates outside [0, 1] are moved to its ends.
    public RecurrentSettings WithDropout(double dropout, double recurrentDropout, long? seed) =>
        this with { Dropout = Math.Clamp(dropout, 0, 1), RecurrentDropout = Math.Clamp(recurrentDropout, 0, 1), Seed = seed };

    public RecurrentSettings WithSequence(bool returnSequences, bool returnState, bool goBackwards, bool stateful, bool unroll) =>
        this with
        {
            ReturnSequences = returnSequences,
            ReturnState = returnState,
            GoBackwards = goBackwards,
            Stateful = stateful,
            Unroll = unroll,
        };
}
