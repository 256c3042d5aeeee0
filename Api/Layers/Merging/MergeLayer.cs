using System.Diagnostics.CodeAnalysis;

namespace GpuKeras.Layers;

/// <summary>What layers that combine several tensors element by element share.</summary>
/// <remarks>
/// Inputs of shapes that broadcast, without the batch axis; those of lower rank get axes of size 1 behind the batch axis. The output is
/// masked where every input is.
/// </remarks>
public abstract class MergeLayer : Layer
{
    private protected MergeLayer(string? name)
        : base(name) => SupportsMasking = true;

    /// <summary>Combines tensors of one rank.</summary>
    private protected abstract Tensor Merge(Tensor[] inputs, CallContext context);

    /// <summary>Combines tensors two by two from the left.</summary>
    private protected static Tensor Fold(Tensor[] inputs, Func<Tensor, Tensor, Tensor> combine)
    {
        var result = inputs[0];
        for (var i = 1; i < inputs.Length; i++)
            result = combine(result, inputs[i]);
        return result;
    }

    /// <summary>The same, with masked elements left out as long as another input has an unmasked one there.</summary>
    private protected static Tensor FoldUnmasked(Tensor[] inputs, IReadOnlyList<Tensor?> masks, Func<Tensor, Tensor, Tensor> combine)
    {
        if (masks.Count == 0)
            return Fold(inputs, combine);
        var (result, resultMask) = (inputs[0], SpreadMask(masks[0], inputs[0]));
        for (var i = 1; i < inputs.Length; i++)
        {
            var (next, mask) = (inputs[i], SpreadMask(masks[i], inputs[i]));
            if (mask is not null)
                next = Tensor.Where(mask, next, result);
            if (resultMask is not null)
                result = Tensor.Where(resultMask, result, next);
            resultMask = mask is not null && resultMask is not null ? resultMask.LogicalOr(mask) : null;
            result = combine(result, next);
        }
        return result;
    }

    /// <summary>A mask <c>[batch, …]</c> spread over the last axis of the input it belongs to.</summary>
    [return: NotNullIfNotNull(nameof(mask))]
    private protected static Tensor? SpreadMask(Tensor? mask, Tensor input) =>
        mask?.Cast(DType.Bool).ExpandDims(-1).BroadcastTo(input.Shape);

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        CheckBatches(inputs);
        var common = inputs[0][1..];
        for (var i = 1; i < inputs.Count; i++)
            common = Broadcast(common, inputs[i][1..]);
    }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        if (inputs.IsSingle)
            throw new ArgumentException(
                $"layer '{Name}': A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors). " +
                "Hint: layer.Apply([a, b])");
        var rank = 0;
        for (var i = 0; i < inputs.Count; i++)
            rank = Math.Max(rank, inputs[i].Rank);
        var aligned = new Tensor[inputs.Count];
        for (var i = 0; i < aligned.Length; i++)
        {
            aligned[i] = inputs[i].AsFloatingPoint(DType);
            while (aligned[i].Rank < rank)
                aligned[i] = aligned[i].ExpandDims(1);
        }
        return Merge(aligned, context);
    }

    /// <inheritdoc/>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Tensor? united = null;
        for (var i = 0; i < context.Masks.Count; i++)
        {
            if (context.Masks[i] is not { } mask)
                return null;
            united = united is null ? mask : united.LogicalOr(mask);
        }
        return united;
    }

    private void CheckBatches(IReadOnlyList<Shape> inputs)
    {
        var batches = inputs.Where(static shape => shape.Rank > 0)
            .Select(static shape => shape[0]).Where(static size => size != Shape.Unknown).Distinct();
        if (batches.Count() > 1 || inputs.Any(static shape => shape.Rank == 0))
            throw new ShapeException(
                $"layer '{Name}': Cannot merge tensors with different batch sizes. Received tensors with shapes {MergeShapes.List(inputs)}");
    }

    private Shape Broadcast(in Shape first, in Shape second)
    {
        if (first.Rank < second.Rank)
            return Broadcast(second, first);
        var result = first;
        for (var fromEnd = 1; fromEnd <= second.Rank; fromEnd++)
        {
            var (a, b) = (first[^fromEnd], second[^fromEnd]);
            if (a != b && a != 1 && b != 1 && a != Shape.Unknown && b != Shape.Unknown)
                throw new ShapeException(
                    $"layer '{Name}': Inputs have incompatible shapes. Received shapes {first.ToKerasString()} and {second.ToKerasString()}");
            result = result.With(-fromEnd, a == Shape.Unknown || b == Shape.Unknown ? Shape.Unknown : Math.Max(a, b));
        }
        return result;
    }
}
