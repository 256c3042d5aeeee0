namespace GpuKeras.Layers;

// Calls on symbolic tensors: the outputs' shapes, and what a summary says about them.
public abstract partial class Layer
{
    private int symbolicCalls;

    /// <summary>The number of the layer's next call on symbolic tensors.</summary>
    internal int NextCallIndex() => isTracing ? symbolicCalls : symbolicCalls++;

    /// <summary>What the latest symbolic call returned; null before.</summary>
    internal TensorStructure? SymbolicOutput { get; private set; }

    /// <summary>The shapes of the inputs that the weights were made for; null before.</summary>
    internal Saving.BuildShapes? BuildShapes { get; private set; }

    /// <summary>Whether the layer has one output, whose shape <see cref="ComputeOutputShape"/> gives.</summary>
    private protected virtual bool HasOneOutput => true;

    /// <summary>The output's shape for the input that the weights were made for; null if there are none or the layer cannot say.</summary>
    internal Shape? DeclaredOutputShape() =>
        Built && BuildShapes is { IsSingle: true, Shapes: [var shape] } && (DeclaresOutputShape || GetType().Assembly == typeof(Layer).Assembly) && OwnVariables.Count > 0
            ? ComputeOutputShape(shape)
            : null;

    private TensorStructure CallSymbolically(TensorStructure inputs, CallContext context, bool? training, IReadOnlyList<Tensor?>? masks)
    {
        var node = new LayerNode(this, inputs, training, context.Arguments, masks);
        var outputs = inputs.IsSingle && HasOneOutput && DeclaresOutputShape
            ? TensorStructure.FromTensor(Tensor.Symbolic(ComputeOutputShape(inputs.Single.Shape), DType))
            : Trace(inputs, context);
        node.OutputStructure = outputs.Map(output => Tensor.Symbolic(output.Shape, output.DType, node));
        if (!isTracing)
            SymbolicOutput = node.OutputStructure;
        return node.OutputStructure;
    }

    /// <summary>The outputs' shapes and dtypes, found by running the forward pass without values.</summary>
    private TensorStructure Trace(TensorStructure inputs, CallContext context)
    {
        if (inputs.Tensors.All(static tensor => tensor.Shape.IsKnown))
            return TraceWith(SymbolicShapes.FirstProbe, inputs, context);
        var first = TraceWith(SymbolicShapes.FirstProbe, inputs, context);
        var second = TraceWith(SymbolicShapes.SecondProbe, inputs, context);
        var merged = new Tensor[first.Count];
        for (var i = 0; i < merged.Length; i++)
            merged[i] = Tensor.Symbolic(SymbolicShapes.Merge(first[i].Shape, second[i].Shape), first[i].DType);
        return first.With(merged);
    }

    private TensorStructure TraceWith(int probe, TensorStructure inputs, CallContext context)
    {
        var (outer, outerTracing) = (enclosingTraining, isTracing);
        (enclosingTraining, isTracing) = (context.Training, true);
        try
        {
            var probes = inputs.Map(tensor => Tensor.Symbolic(SymbolicShapes.Replace(tensor.Shape, probe), tensor.DType));
            return Call(probes, context with { Masks = [] });
        }
        catch (ShapeException exception) when (exception.Layer is null)
        {
            throw Located(exception, inputs, inputs.Tensors.All(static tensor => tensor.Shape.IsKnown) ? "" : $" (None stands for {probe} here)");
        }
        finally
        {
            (enclosingTraining, isTracing) = (outer, outerTracing);
        }
    }
}
