using GpuKeras.Kernels;
using GpuKeras.Kernels.Recurrent;

namespace GpuKeras;

/// <summary>
/// The walk of a recurrent layer over a whole sequence: the input's part of all steps <c>[steps, batch, gates · units]</c>, the recurrent
/// kernel <c>[units, gates · units]</c>, the first states <c>[batch, units]</c> each, and the bias of the product with the recurrent kernel
/// <c>[gates · units]</c>, if there is one → <c>[batch, rows, units]</c>: the outputs of all steps or of the last, then the last states.
/// </summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <param name="options">The direction, the mask, and what is returned.</param>
/// <param name="walk">
/// The same walk in operations that a tape can follow, from the same inputs to the same output: for gradients of the gradient.
/// </param>
/// <remarks>
/// For the gradient the walk keeps its states and what the cell asks for, by steps and in the order of the sequence, so that the gradient
/// of the recurrent kernel is one matrix product over all steps.
/// </remarks>
internal sealed class RecurrentOp<TCell>(RecurrentOptions options, Func<Tensor[], Tensor> walk) : FloatingPointOp
    where TCell : struct, IRecurrentCell
{
    private const int FirstState = 2;

    /// <inheritdoc/>
    public override string Name => TCell.Name;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        var (projected, kernel) = (inputs[0], inputs[1]);
        var units = kernel.Rank == 2 ? kernel[0] : 0;
        if (projected.Rank != 3 || kernel != new Shape(units, TCell.Gates * units) || projected[2] != kernel[1])
            throw new ShapeException(
                Name, $"the input's part is [steps, batch, {TCell.Gates} · units], the recurrent kernel [units, {TCell.Gates} · units]",
                Got(inputs));
        foreach (var state in inputs.Slice(FirstState, TCell.States))
            if (state != new Shape(projected[1], units))
                throw new ShapeException(Name, "a state has shape [batch, units]", Got(inputs));
        if (inputs.Length > FirstState + TCell.States && inputs[^1] != new Shape(kernel[1]))
            throw new ShapeException(Name, "the bias has one element for each column of the recurrent kernel", Got(inputs));
        if (options.Mask is { } mask && mask.Shape != new Shape(projected[1], projected[0]))
            throw new ShapeException(Name, "the mask has shape [batch, steps]", $"input's part {projected}, mask {mask.Shape}");
        return [projected[1], Sizes(projected, units).OutputRows, units];
    }

    /// <inheritdoc/>
    protected override void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        var (projected, kernel) = (inputs[0], inputs[1]);
        var sizes = Sizes(projected.Shape, kernel.Shape[0]);
        var needsGradient = GradientTape.FollowsAny(inputs, output);
        var hidden = States<T>(inputs[FirstState], sizes, needsGradient);
        // Where there is no c, h stands in its place and nobody looks.
        var cells = TCell.States == 2 ? States<T>(inputs[FirstState + 1], sizes, needsGradient) : hidden;
        var kept = needsGradient
            ? Tensor.Empty([sizes.Steps, sizes.Batch, TCell.Kept * sizes.Units], output.DType, output.Device)
            : null;
        output.Device.Run(new RecurrentKernel<TCell, T>(
            projected.View<T>(), kernel.View<T>(), inputs.Length > FirstState + TCell.States ? inputs[^1].View<T>() : default,
            Mask(), hidden.View<T>(), cells.View<T>(), kept is null ? default : kept.View<T>(), output.View<T>(), sizes));
        if (kept is not null)
            output.Saved = [hidden, cells, kept];
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        if (GradientTape.FollowsAny(context.Inputs, context.Gradient))
            BackwardRecorded(context);
        else if (context.Gradient.DType == DType.Float32)
            BackwardFused<float>(context);
        else
            BackwardFused<double>(context);
    }

    private void BackwardFused<T>(BackwardContext context)
        where T : unmanaged
    {
        var (projected, kernel, hidden) = (context.Inputs[0], context.Inputs[1], context.Saved[0]);
        var (sizes, dtype, device) = (Sizes(projected.Shape, kernel.Shape[0]), projected.DType, projected.Device);
        var projectedGradient = Tensor.Empty(projected.Shape, dtype, device);
        var productGradient = TCell.HasRecurrentGradient ? Tensor.Empty(projected.Shape, dtype, device) : projectedGradient;
        var states = Tensor.Empty([TCell.States, sizes.Batch, sizes.Units], dtype, device);
        device.Run(new RecurrentGradientKernel<TCell, T>(
            kernel.View<T>(), Mask(), hidden.View<T>(), context.Saved[1].View<T>(), context.Saved[2].View<T>(),
            context.Gradient.View<T>(), projectedGradient.View<T>(), productGradient.View<T>(), states.View<T>(), sizes));

        context[0] = projectedGradient;
        var all = productGradient.Reshape([sizes.Steps * sizes.Batch, kernel.Shape[1]]);
        if (context.Needs(1))
        {
            var before = hidden.Alias(
                [sizes.Steps * sizes.Batch, sizes.Units], sizes.GoBackwards ? (long)sizes.Batch * sizes.Units : 0);
            context[1] = before.MatMul(all, transposeA: true);
        }
        for (var i = 0; i < TCell.States; i++)
            context[FirstState + i] = states[i];
        if (context.Inputs.Length > FirstState + TCell.States && context.Needs(FirstState + TCell.States))
            context[FirstState + TCell.States] = all.Sum(0);
    }

    private void BackwardRecorded(BackwardContext context)
    {
        using var tape = new GradientTape();
        foreach (var input in context.Inputs)
            tape.Watch(input);
        var gradients = tape.Gradient(walk(context.Inputs), context.Inputs, context.Gradient);
        for (var i = 0; i < gradients.Length; i++)
            context[i] = gradients[i];
    }

    private static string Got(ReadOnlySpan<Shape> inputs)
    {
        var got = $"input's part {inputs[0]}, recurrent kernel {inputs[1]}, h {inputs[FirstState]}";
        if (TCell.States == 2)
            got += $", c {inputs[FirstState + 1]}";
        return inputs.Length > FirstState + TCell.States ? $"{got}, bias {inputs[^1]}" : got;
    }

    /// <summary>Memory for the states before and after all steps, or, without a gradient, before and after one.</summary>
    private static Tensor States<T>(Tensor first, in RecurrentSizes sizes, bool needsGradient)
        where T : unmanaged
    {
        var places = needsGradient ? sizes.Steps + 1 : 2;
        var states = Tensor.Empty([places, sizes.Batch, sizes.Units], first.DType, first.Device);
        states.Alias(first.Shape, sizes.StatesBefore(0) % places * first.Size).CopyFrom(first);
        return states;
    }

    private ArrayView<byte> Mask() => options.Mask is { } mask ? mask.View<byte>() : default;

    private RecurrentSizes Sizes(in Shape projected, int units) => new(
        projected[1], projected[0], units, TCell.States, options.GoBackwards, options.ReturnSequences, options.ReturnStates,
        options.ZeroMasked);
}
