using System.Text.Json.Nodes;

namespace GpuKeras.Saving;

/// <summary>An operation of Keras' in a model's graph, as a file describes it.</summary>
internal sealed class KerasOperationNode : GraphNode
{
    private readonly IReadOnlyList<Tensor> inputs;
    private readonly IReadOnlyList<Tensor> outputs;

    /// <summary>Applies the operation to symbolic tensors.</summary>
    /// <param name="name">The name in the model.</param>
    /// <param name="operation">What is computed.</param>
    /// <param name="config">The operation's parameters.</param>
    /// <param name="call">What it is applied to.</param>
    public KerasOperationNode(string name, KerasOperation operation, JsonObject config, CallArguments call)
    {
        (Name, Operation, Config, Call) = (name, operation, config, call);
        inputs = [.. call.Tensors];
        outputs = [.. InferOutputs().Select(output => Tensor.Symbolic(output.Shape, output.DType, this))];
    }

    public string Name { get; }

    public KerasOperation Operation { get; }

    public JsonObject Config { get; }

    public CallArguments Call { get; }

    public override IReadOnlyList<Tensor> Inputs => inputs;

    public override IReadOnlyList<Tensor> Outputs => outputs;

    /// <summary>Computes the outputs.</summary>
    /// <param name="value">The value of each input.</param>
    public IReadOnlyList<Tensor> Run(Func<Tensor, Tensor> value) => Operation.Compute(new OperationCall(Config, Call.Map(value)));

    // As for a layer: the shapes are those of a pass without values, with two sizes in place of an unknown one.
    private IReadOnlyList<Tensor> InferOutputs()
    {
        if (inputs.All(static input => input.Shape.IsKnown))
            return Probe(SymbolicShapes.FirstProbe);
        var (first, second) = (Probe(SymbolicShapes.FirstProbe), Probe(SymbolicShapes.SecondProbe));
        return [.. first.Zip(second, static (a, b) => Tensor.Symbolic(SymbolicShapes.Merge(a.Shape, b.Shape), a.DType))];
    }

    private IReadOnlyList<Tensor> Probe(int size) => Run(tensor => tensor.IsSymbolic
        ? Tensor.Symbolic(SymbolicShapes.Replace(tensor.Shape, size), tensor.DType)
        : tensor);
}
