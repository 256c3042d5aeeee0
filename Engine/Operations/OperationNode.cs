namespace GpuKeras;

/// <summary>An operation in a model's graph, outside any layer: <c>x * 0.5 + 1</c> on symbolic tensors.</summary>
/// <param name="operation">The operation with its parameters.</param>
/// <param name="inputs">What it is applied to.</param>
public sealed class OperationNode(TensorOp operation, Tensor[] inputs) : GraphNode
{
    /// <summary>The operation with its parameters.</summary>
    public TensorOp Operation => operation;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Inputs => inputs;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Outputs => [Output];

    /// <summary>The result.</summary>
    public Tensor Output { get; internal set; } = null!;
}
