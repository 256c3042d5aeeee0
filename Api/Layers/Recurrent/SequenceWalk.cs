namespace GpuKeras.Layers;

/// <summary>A recurrent layer's way over the steps of one sequence.</summary>
/// <param name="cell">The step.</param>
/// <param name="options">The direction, the mask, and what is returned.</param>
/// <param name="drop">What the state is multiplied by before the recurrent kernel, <c>[batch, units]</c>: recurrent dropout; null for none.</param>
/// <remarks>
/// One operation does all steps where the cell has one for its activations. Otherwise, and for gradients of gradients, each step is a
/// few operations.
/// </remarks>
internal sealed class SequenceWalk(RecurrentCell cell, RecurrentOptions options, Tensor? drop)
{
    /// <summary>The output, and the last states if they are returned.</summary>
    /// <param name="sequence">The input <c>[batch, steps, inputDim]</c>.</param>
    /// <param name="states">The first states <c>[batch, units]</c> each.</param>
    public (Tensor Output, Tensor[] States) Run(Tensor sequence, Tensor[] states)
    {
        // By steps first, so that one step is a part of memory and needs no copy.
        var projected = cell.Project(sequence.Transpose(1, 0, 2));
        var shared = cell.SharedByAllSteps();
        return drop is null && cell.Fuse(options, StepsAsOne) is { } operation
            ? Unpack(operation.Apply([projected, cell.RecurrentKernel, .. states, .. shared]))
            : Steps(projected, states, shared);
    }

    /// <summary><see cref="Steps"/> with the inputs and the output of the one operation.</summary>
    private Tensor StepsAsOne(Tensor[] inputs)
    {
        const int firstState = 2;
        var lastStates = firstState + cell.StateCount;
        var (output, states) = Steps(inputs[0], inputs[firstState..lastStates], inputs[lastStates..]);
        if (!options.ReturnSequences)
            output = output.ExpandDims(1);
        return options.ReturnStates ? Tensor.Concat([output, .. states.Select(static state => state.ExpandDims(1))], axis: 1) : output;
    }

    private (Tensor Output, Tensor[] States) Unpack(Tensor packed)
    {
        var steps = options.ReturnSequences ? packed.Shape[1] - (options.ReturnStates ? cell.StateCount : 0) : 1;
        var output = options.ReturnStates ? packed.Slice(1, ..steps) : packed;
        var states = new Tensor[options.ReturnStates ? cell.StateCount : 0];
        for (var i = 0; i < states.Length; i++)
            states[i] = packed.Slice(1, (steps + i)..(steps + i + 1)).Squeeze(1);
        return (options.ReturnSequences ? output : output.Squeeze(1), states);
    }

    /// <summary>The walk in operations of single steps.</summary>
    /// <param name="projected">The input's part <c>[steps, batch, gates · units]</c>.</param>
    /// <param name="first">The first states.</param>
    /// <param name="shared">What <see cref="RecurrentCell.SharedByAllSteps"/> gave.</param>
    private (Tensor Output, Tensor[] States) Steps(Tensor projected, Tensor[] first, Tensor[] shared)
    {
        var (steps, dtype) = (projected.Shape[0], projected.DType);
        var (parts, states, before) = (new Tensor[steps], (Tensor[])first.Clone(), new Tensor[first.Length]);
        StepSplit.Into(projected, parts);
        var real = options.Mask?.Transpose(1, 0).ExpandDims(-1);
        var outputs = new Tensor[options.ReturnSequences ? steps : 0];
        var output = real is null ? states[0] : Tensor.Zeros(states[0].Shape, dtype);
        for (var step = 0; step < steps; step++)
        {
            var at = options.GoBackwards ? steps - 1 - step : step;
            states.CopyTo(before, 0);
            cell.Step(parts[at], drop is null ? states[0] : states[0] * drop, states, shared);
            output = real is null ? states[0] : CarryMasked(real[at], states, before, output);
            if (options.ReturnSequences)
                outputs[step] = output;
        }
        if (!options.ReturnSequences)
            return (output, states);
        return (steps == 0 ? Tensor.Zeros([first[0].Shape[0], 0, first[0].Shape[1]], dtype) : Tensor.Stack(outputs).Transpose(1, 0, 2), states);
    }

    /// <summary>Undoes a step where it is masked, and gives the step's output.</summary>
    private Tensor CarryMasked(Tensor isReal, Tensor[] states, Tensor[] before, Tensor outputBefore)
    {
        var output = options.ZeroMasked ? Tensor.Where(isReal, states[0], 0) : Tensor.Where(isReal, states[0], outputBefore);
        for (var i = 0; i < states.Length; i++)
            states[i] = Tensor.Where(isReal, states[i], before[i]);
        return output;
    }
}
