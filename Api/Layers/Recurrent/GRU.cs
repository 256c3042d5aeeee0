using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Gated recurrent unit: one state, with a gate that says how much of it is renewed.</summary>
/// <remarks>
/// <para>
/// Input <c>[batch, steps, inputDim]</c>; output <c>[batch, units]</c> or <c>[batch, steps, units]</c>; one state, h. Weights: kernel
/// <c>[inputDim, 3 · units]</c>, recurrent_kernel <c>[units, 3 · units]</c>, with the gates in the order update, reset, candidate, and bias
/// <c>[2, 3 · units]</c> (input, state), or <c>[3 · units]</c> without resetAfter. Cho et al. 2014, <c>arxiv.org/abs/1406.1078</c>.
/// </para>
/// <inheritdoc cref="RecurrentLayer" path="/remarks/para"/>
/// </remarks>
[KerasKeys(
    "return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask", "units", "activation",
    "recurrent_activation", "use_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer", "kernel_regularizer",
    "recurrent_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "recurrent_constraint", "bias_constraint",
    "dropout", "recurrent_dropout", "reset_after")]
public sealed class GRU : RecurrentLayer
{
    private readonly RecurrentSettings settings;

    /// <summary>Gated recurrent unit: one state, with a gate that says how much of it is renewed.</summary>
    /// <param name="units">The size of the output and of each state.</param>
    /// <param name="activation">The function of a step's sum; tanh by default.</param>
    /// <param name="recurrentActivation">The function of the gates; sigmoid by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">The first kernel; Glorot uniform by default.</param>
    /// <param name="recurrentInitializer">The first recurrent kernel; orthogonal by default.</param>
    /// <param name="biasInitializer">The first bias; zeros by default.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="recurrentRegularizer">A penalty on the recurrent kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="kernelConstraint">A rule for the kernel.</param>
    /// <param name="recurrentConstraint">A rule for the recurrent kernel.</param>
    /// <param name="biasConstraint">A rule for the bias.</param>
    /// <param name="dropout">The share of the inputs that is dropped in training, the same in all steps.</param>
    /// <param name="recurrentDropout">The share of the state that is dropped in training before the recurrent kernel, the same in all steps.</param>
    /// <param name="seed">Fixes the dropout masks.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are returned.</param>
    /// <param name="returnState">Whether the last states are returned too, through <see cref="Layer.ApplyAll"/>.</param>
    /// <param name="goBackwards">Whether the sequence is taken from its end.</param>
    /// <param name="stateful">Whether the states at the end of a call are those at the start of the next.</param>
    /// <param name="unroll">Kept for configurations; the steps are always run one by one.</param>
    /// <param name="resetAfter">Whether the reset gate acts after the product with the recurrent kernel, as in cuDNN.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is zeros instead of the output before.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException"><paramref name="units"/> is not positive.</exception>
    public GRU(
        int units,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        long? seed = null,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool resetAfter = true,
        bool zeroOutputForMask = false,
        string? name = null)
        : this(
            new RecurrentSettings { Units = units, UseBias = useBias }
                .WithActivations(activation, recurrentActivation)
                .WithInitializers(kernelInitializer, recurrentInitializer, biasInitializer)
                .WithRegularizers(kernelRegularizer, recurrentRegularizer, biasRegularizer)
                .WithConstraints(kernelConstraint, recurrentConstraint, biasConstraint)
                .WithDropout(dropout, recurrentDropout, seed)
                .WithSequence(returnSequences, returnState, goBackwards, stateful, unroll),
            resetAfter,
            activityRegularizer,
            name) => ZeroOutputForMask = zeroOutputForMask;

    private GRU(RecurrentSettings settings, bool resetAfter, Regularizer? activityRegularizer, string? name)
        : base(settings, () => new GRUStep(settings, resetAfter), activityRegularizer, name)
    {
        this.settings = settings;
        ResetAfter = resetAfter;
    }

    /// <summary>The function of the gates.</summary>
    public ActivationFunction RecurrentActivation => settings.RecurrentActivation;

    /// <summary>Whether the reset gate acts after the product with the recurrent kernel.</summary>
    public bool ResetAfter { get; }
}
