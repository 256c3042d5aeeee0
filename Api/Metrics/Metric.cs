using GpuKeras.Saving;

namespace GpuKeras.Metrics;

/// <summary>A measure of a model's quality that accumulates over batches.</summary>
/// <param name="name">The name in logs.</param>
public abstract class Metric(string name) : IKerasObject
{
    private readonly List<Variable> variables = [];

    /// <summary>The name in logs.</summary>
    public string Name { get; } = name;

    /// <summary>The accumulated state.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>Whether a higher value is a better model; null if that cannot be said. Callbacks with mode <c>auto</c> ask.</summary>
    public virtual bool? HigherIsBetter => null;

    /// <summary>The measure over everything accumulated since the last reset.</summary>
    public abstract double Result();

    /// <summary>Forgets what was accumulated.</summary>
    public virtual void ResetState()
    {
        foreach (var variable in variables)
            variable.FillWith(0);
    }

    /// <summary>Makes a state variable of zeros.</summary>
    protected Variable AddVariable(string variableName, Shape shape, DType dtype = DType.Float32)
    {
        using var outsideScopes = TensorScope.Suspend();
        var variable = new Variable(Tensor.Zeros(shape, dtype), trainable: false, variableName);
        variables.Add(variable);
        return variable;
    }
}
