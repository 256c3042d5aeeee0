using System.Text.Json.Nodes;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Metrics;

/// <summary>A measure of a model's quality that accumulates over batches.</summary>
public abstract class Metric : IKerasObject
{
    private readonly List<Variable> variables = [];

    /// <summary>Sets what every metric has.</summary>
    /// <param name="name">The name in logs; by default the class name in snake_case, numbered.</param>
    protected Metric(string? name = null) => Name = name ?? AutomaticNames.Next(Identifiers.ToSnakeCase(KerasTypes.ClassName(GetType())));

    /// <summary>The name in logs.</summary>
    public string Name { get; }

    /// <summary>The accumulated state; made with the first batch.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>The dtype of the state.</summary>
    public virtual DType StateDType => DType.Float32;

    /// <summary>Whether a higher value is a better model; null if that cannot be said. Callbacks with mode <c>auto</c> ask.</summary>
    public virtual bool? HigherIsBetter => null;

    /// <summary>The measure over everything accumulated since the last reset, rounded to float32 as in Keras.</summary>
    /// <returns>For a measure of several numbers, one for each threshold or class, their mean; <see cref="Results"/> has them all.</returns>
    public abstract double Result();

    /// <summary>The numbers of a measure that has one for each threshold or class; otherwise <see cref="Result"/> alone.</summary>
    public virtual double[] Results() => [Result()];

    /// <summary>Forgets what was accumulated.</summary>
    public virtual void ResetState()
    {
        foreach (var variable in variables)
            variable.FillWith(0);
    }

    /// <summary>The configuration: the name, the dtype and the constructor's parameters.</summary>
    public virtual JsonObject GetConfig()
    {
        var config = KerasConfig.OfConstructor(this);
        config["dtype"] = StateDType.KerasName();
        return config.InKerasOrder(GetType(), "name", "dtype");
    }

    /// <summary>Makes a state variable of zeros.</summary>
    protected internal Variable AddVariable(string variableName, Shape shape, DType dtype = DType.Float32)
    {
        using var outsideScopes = TensorScope.Suspend();
        var variable = new Variable(Tensor.Zeros(shape, dtype), trainable: false, variableName);
        variables.Add(variable);
        return variable;
    }
}
