namespace GpuKeras;

/// <summary>A step of a model's graph: what made a symbolic tensor, from which others.</summary>
public abstract class GraphNode
{
    /// <summary>The symbolic tensors, and any constants, that the step takes.</summary>
    public abstract IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>The symbolic tensors that the step makes.</summary>
    public abstract IReadOnlyList<Tensor> Outputs { get; }
}
