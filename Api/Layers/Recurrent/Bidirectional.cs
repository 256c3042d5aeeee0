using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Two recurrent layers over one sequence, one from its start and one from its end, and their outputs together.</summary>
/// <remarks>
/// Input as of the inner layer, with initial states for both: <c>Apply([x, forward states…, backward states…])</c>. Output with
/// concat <c>[batch, …, 2 · units]</c>, with null two tensors, else <c>[batch, …, units]</c>; the backward outputs are put in the order of the
/// input. With returnState the states of both follow. Schuster and Paliwal 1997, <c>doi.org/10.1109/78.650093</c>.
/// </remarks>
[KerasKeys("merge_mode")]
public sealed class Bidirectional : Layer
{
    [KerasName("forward_layer")]
    private readonly RecurrentLayer forward;

    [KerasName("backward_layer")]
    private readonly RecurrentLayer backward;

    /// <summary>Two recurrent layers over one sequence.</summary>
    /// <param name="layer">The layer; copies of it without its weights are used.</param>
    /// <param name="mergeMode">How the outputs are put together: <c>concat</c>, <c>sum</c>, <c>mul</c>, <c>ave</c>, or null for both.</param>
    /// <param name="backwardLayer">The layer that starts from the end; by default one with the configuration of <paramref name="layer"/>.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">The merge mode is unknown, or the two layers do not fit together.</exception>
    public Bidirectional(RecurrentLayer layer, string? mergeMode = "concat", RecurrentLayer? backwardLayer = null, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (mergeMode is not (null or "concat" or "sum" or "mul" or "ave"))
            throw new ArgumentException(
                $"Invalid merge mode. Received: {mergeMode}. Merge mode should be one of \"sum\", \"mul\", \"ave\", \"concat\", null.",
                nameof(mergeMode));
        MergeMode = mergeMode;
        forward = Copy(layer, "forward_", layer.GoBackwards);
        backward = backwardLayer ?? Copy(layer, "backward_", goBackwards: true);
        CheckPair();
        // The output of a masked step must not depend on the direction.
        forward.ZeroOutputForMask = backward.ZeroOutputForMask = layer.ReturnSequences;
        SupportsMasking = true;
    }

    /// <summary>The layer that starts from the beginning.</summary>
    public RecurrentLayer Layer => forward;

    /// <summary>The layer that starts from the end.</summary>
    public RecurrentLayer BackwardLayer => backward;

    /// <summary>How the outputs are put together; null for both.</summary>
    public string? MergeMode { get; }

    /// <summary>Sets the states of both layers back to zeros.</summary>
    /// <exception cref="InvalidOperationException">The layers are not stateful.</exception>
    public void ResetState()
    {
        forward.ResetState();
        backward.ResetState();
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        forward.BuildFor(inputs[0]);
        backward.BuildFor(inputs[0]);
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        IReadOnlyList<Tensor?> masks = [context.Mask];
        var there = forward.ApplyAll(InputsFor(inputs, 0), context.Training, masks);
        var back = backward.ApplyAll(InputsFor(inputs, forward.StateCount), context.Training, masks);
        var outputs = Merge(there[0], forward.ReturnSequences ? back[0].Flip(1) : back[0]);
        if (forward.ReturnSequences)
            foreach (var output in outputs)
                output.Mask = context.Mask;
        if (forward.ReturnState)
            return TensorStructure.FromList([.. outputs, .. there.Skip(1), .. back.Skip(1)]);
        return outputs is [var single] ? single : TensorStructure.FromList(outputs);
    }

    /// <inheritdoc/>
    /// <remarks>The outputs have been given their mask already; states have none.</remarks>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context) => null;

    private static RecurrentLayer Copy(RecurrentLayer layer, string prefix, bool goBackwards)
    {
        var serialized = KerasConfig.Serialize(layer);
        var config = serialized["config"]!.AsObject();
        config["name"] = layer.Name.StartsWith(prefix, StringComparison.Ordinal) ? layer.Name : prefix + layer.Name;
        config["go_backwards"] = goBackwards;
        return (RecurrentLayer)KerasConfig.Deserialize(serialized);
    }

    private TensorStructure InputsFor(TensorStructure inputs, int firstState)
    {
        if (inputs.Count == 1)
            return inputs;
        var states = forward.StateCount;
        if (inputs.Count != 1 + 2 * states)
            throw new ArgumentException(
                $"layer '{Name}': needs the sequence alone or with {2 * states} initial states, those of the forward layer first; " +
                $"got {inputs.Count} tensors");
        return TensorStructure.FromList([inputs[0], .. inputs.Skip(1 + firstState).Take(states)]);
    }

    private Tensor[] Merge(Tensor there, Tensor back) => MergeMode switch
    {
        "concat" => [Tensor.Concat([there, back], axis: -1)],
        "sum" => [there + back],
        "mul" => [there * back],
        "ave" => [(there + back) / 2],
        _ => [there, back],
    };

    private void CheckPair()
    {
        if (forward.GoBackwards == backward.GoBackwards)
            throw new ArgumentException(
                "Forward layer and backward layer should have different `go_backwards` value. Received: " +
                $"forward_layer.go_backwards {forward.GoBackwards}, backward_layer.go_backwards={backward.GoBackwards}");
        Same("stateful", forward.Stateful, backward.Stateful);
        Same("return_sequences", forward.ReturnSequences, backward.ReturnSequences);
        Same("return_state", forward.ReturnState, backward.ReturnState);
    }

    private static void Same(string attribute, bool there, bool back)
    {
        if (there != back)
            throw new ArgumentException(
                $"Forward layer and backward layer are expected to have the same value for attribute \"{attribute}\", " +
                $"got \"{there}\" for forward layer and \"{back}\" for backward layer");
    }
}
