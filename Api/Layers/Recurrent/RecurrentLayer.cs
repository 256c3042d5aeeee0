// Longer than most: the public properties that a configuration is made of.
using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Layers;

/// <summary>What <see cref="SimpleRNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share: their arguments, states and shapes.</summary>
/// <remarks>
/// <para>
/// Input <c>[batch, steps, inputDim]</c>, alone or followed by the first states <c>[batch, units]</c> each: <c>Apply([x, h, c])</c>. Output
/// <c>[batch, units]</c>, or <c>[batch, steps, units]</c> with returnSequences; with returnState <see cref="Layer.ApplyAll"/> gives the
/// output and the last states.
/// </para>
/// <para>
/// A masked step leaves the states as they are; its output is that of the step before (zeros at the start). With goBackwards the
/// sequence is taken from its end, and the outputs are in that order; the mask that is passed on is the input's, as in Keras.
/// </para>
/// </remarks>
[KerasKeys("return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask")]
public abstract class RecurrentLayer : Layer
{
    private readonly RecurrentSettings settings;
    private readonly RecurrentCell cell;
    private readonly RandomGenerator random;

    // Not a list of variables: the states are no weights of the layer.
    private Tensor[]? kept;

    private protected RecurrentLayer(
        RecurrentSettings settings, Func<RecurrentCell> makeCell, Regularizer? activityRegularizer, string? name)
        : base(name)
    {
        this.settings = settings;
        cell = makeCell();
        random = new RandomGenerator(settings.Seed ?? GlobalSeed.Next());
        ActivityRegularizer = activityRegularizer;
        SupportsMasking = true;
    }

    /// <summary>The size of the output and of each state.</summary>
    public int Units => settings.Units;

    /// <summary>The function of a step's sum.</summary>
    public ActivationFunction Activation => settings.Activation;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias => settings.UseBias;

    /// <summary>The first values of the kernel.</summary>
    public Initializer KernelInitializer => settings.KernelInitializer;

    /// <summary>The first values of the recurrent kernel.</summary>
    public Initializer RecurrentInitializer => settings.RecurrentInitializer;

    /// <summary>The first values of the bias.</summary>
    public Initializer BiasInitializer => settings.BiasInitializer;

    /// <summary>A penalty on the kernel, or null.</summary>
    public Regularizer? KernelRegularizer => settings.KernelRegularizer;

    /// <summary>A penalty on the recurrent kernel, or null.</summary>
    public Regularizer? RecurrentRegularizer => settings.RecurrentRegularizer;

    /// <summary>A penalty on the bias, or null.</summary>
    public Regularizer? BiasRegularizer => settings.BiasRegularizer;

    /// <summary>A rule for the kernel, or null.</summary>
    public Constraint? KernelConstraint => settings.KernelConstraint;

    /// <summary>A rule for the recurrent kernel, or null.</summary>
    public Constraint? RecurrentConstraint => settings.RecurrentConstraint;

    /// <summary>A rule for the bias, or null.</summary>
    public Constraint? BiasConstraint => settings.BiasConstraint;

    /// <summary>The share of the inputs that is dropped in training, the same in all steps.</summary>
    public double Dropout => settings.Dropout;

    /// <summary>The share of the state that is dropped in training before the recurrent kernel, the same in all steps.</summary>
    public double RecurrentDropout => settings.RecurrentDropout;

    /// <summary>The seed of the dropout masks, or null.</summary>
    public long? Seed => settings.Seed;

    /// <summary>Whether the outputs of all steps are returned.</summary>
    public bool ReturnSequences => settings.ReturnSequences;

    /// <summary>Whether the last states are returned too.</summary>
    public bool ReturnState => settings.ReturnState;

    /// <summary>Whether the sequence is taken from its end.</summary>
    public bool GoBackwards => settings.GoBackwards;

    /// <summary>Whether the states at the end of a call are those at the start of the next.</summary>
    public bool Stateful => settings.Stateful;

    /// <summary>Kept for configurations; the steps are always run one by one.</summary>
    public bool Unroll => settings.Unroll;

    /// <summary>Whether the output of a masked step is zeros instead of the output before.</summary>
    public bool ZeroOutputForMask { get; internal set; }

    internal int StateCount => cell.StateCount;

    private protected override bool HasOneOutput => !ReturnState;

    /// <summary>Sets the states that a stateful layer keeps between calls back to zeros.</summary>
    /// <exception cref="InvalidOperationException">The layer is not stateful.</exception>
    public void ResetState()
    {
        if (!Stateful)
            throw new InvalidOperationException($"layer '{Name}': keeps no states. Hint: make it with stateful: true.");
        foreach (var state in kept ?? [])
            ((Variable)state).Assign(Tensor.Zeros(state.Shape, state.DType));
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => ReturnSequences ? input.WithLast(Units) : [input[0], Units];

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var sequence = inputs[0];
        new InputSpec { Rank = 3 }.Check(0, Name, sequence);
        if (sequence[2] == Shape.Unknown)
            throw new ShapeException(
                $"layer '{Name}'", "the last axis of the input must have a known size to make the weights", $"input {sequence.ToKerasString()}");
        if (Stateful && sequence[0] == Shape.Unknown)
            throw new ShapeException(
                $"layer '{Name}'", "a stateful layer needs a fixed batch size", $"input {sequence.ToKerasString()}",
                "give batchSize in Keras.Input or InputLayer");
        cell.WeightType = DType;
        cell.EnsureBuilt(Tensor.Symbolic(sequence, DType));
        if (Stateful)
        {
            using var state = MakeConstant([sequence[0], Units], 0);
            kept = [.. Enumerable.Range(0, StateCount).Select(_ => new Variable(state, trainable: false, "rnn_state"))];
        }
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckShapes(inputs);
        var sequence = inputs[0];
        if (sequence.IsSymbolic)
            return SymbolicOutputs(sequence.Shape);
        if (!sequence.DType.IsFloatingPoint())
            sequence = sequence.Cast(DType);
        var mask = sequence.Shape[1] == 0 ? null : context.Mask;
        var (output, states) = Walk(sequence, InitialStates(inputs), mask, context.Training);
        if (Stateful)
            for (var i = 0; i < states.Length; i++)
                ((Variable)kept![i]).Assign(states[i]);
        if (ReturnSequences)
            output.Mask = context.Mask;
        return ReturnState ? TensorStructure.FromList([output, .. states]) : output;
    }

    /// <inheritdoc/>
    /// <remarks>The sequence of outputs has been given its mask already; states have none.</remarks>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context) => null;

    private (Tensor Output, Tensor[] States) Walk(Tensor sequence, Tensor[] states, Tensor? mask, bool training)
    {
        if (training && Dropout > 0)
            sequence = sequence.Dropout(Dropout, random, [Shape.Unknown, 1, Shape.Unknown]);
        var drop = training && RecurrentDropout > 0 ? Tensor.Ones(states[0].Shape, DType).Dropout(RecurrentDropout, random) : null;
        var options = new RecurrentOptions
        {
            GoBackwards = GoBackwards,
            ReturnSequences = ReturnSequences,
            ReturnStates = ReturnState || Stateful,
            ZeroMasked = ZeroOutputForMask,
            Mask = mask?.Cast(DType.Bool),
        };
        return new SequenceWalk(cell, options, drop).Run(sequence, states);
    }

    // Copies of kept states: they are assigned within the call, while a tape may still need their values.
    private Tensor[] InitialStates(TensorStructure inputs)
    {
        if (inputs.Count > 1)
        {
            var given = new Tensor[StateCount];
            for (var i = 0; i < given.Length; i++)
                given[i] = inputs[i + 1];
            return given;
        }
        return kept is null
            ? ZeroStates(inputs[0].Shape[0])
            : Array.ConvertAll(kept, static state => ((Variable)state).Value);
    }

    private Tensor[] ZeroStates(int batch)
    {
        var states = new Tensor[StateCount];
        for (var i = 0; i < states.Length; i++)
            states[i] = Tensor.Zeros([batch, Units], DType);
        return states;
    }

    private TensorStructure SymbolicOutputs(Shape sequence)
    {
        var output = Tensor.Symbolic(ComputeOutputShape(sequence), DType);
        if (!ReturnState)
            return output;
        var outputs = new Tensor[1 + StateCount];
        Array.Fill(outputs, Tensor.Symbolic([sequence[0], Units], DType));
        outputs[0] = output;
        return outputs;
    }

    private void CheckShapes(TensorStructure inputs)
    {
        var sequence = inputs[0].Shape;
        new InputSpec { Rank = 3, LastSize = cell.InputSize }.Check(0, Name, sequence);
        if (inputs.Count > 1 && inputs.Count != 1 + StateCount)
            throw new ArgumentException(
                $"layer '{Name}': needs the sequence alone or with its {StateCount} initial state(s); got {inputs.Count} tensors");
        for (var i = 1; i < inputs.Count; i++)
            if (inputs[i].Shape != new Shape(sequence[0], Units))
                throw new ShapeException(
                    $"layer '{Name}'", $"an initial state has shape [batch, {Units}]", $"sequence {sequence}, state {i - 1} {inputs[i].Shape}");
        if (kept is not null && sequence[0] != kept[0].Shape[0] && sequence[0] != Shape.Unknown)
            throw new ShapeException(
                $"layer '{Name}'", "a stateful layer's batch size stays the same", $"expected {kept[0].Shape[0]}, received {sequence[0]}");
    }
}
