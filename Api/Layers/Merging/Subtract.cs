namespace GpuKeras.Layers;

/// <summary>The first input less the second.</summary>
/// <remarks>Two inputs of shapes that broadcast; output of their common shape.</remarks>
public sealed class Subtract : MergeLayer
{
    /// <summary>A layer that subtracts.</summary>
    /// <param name="name">The layer's name.</param>
    public Subtract(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
        base.Build(inputs);
        if (inputs.Count != 2)
            throw new ArgumentException(
                $"layer '{Name}': A `Subtract` layer should be called on exactly 2 inputs. Received: {MergeShapes.List(inputs)}");
    }

    private protected override Tensor Merge(Tensor[] inputs, CallContext context) => inputs.Length == 2
        ? inputs[0] - inputs[1]
        : throw new ArgumentException(
            $"layer '{Name}': A `Subtract` layer should be called on exactly 2 inputs. Received: {inputs.Length}");
}
