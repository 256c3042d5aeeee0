using System.Collections;
using GpuKeras.Constraints;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

// The layers and variables of a layer: found in its fields, in the order of their declaration, as Keras finds attributes.
public abstract partial class Layer
{
    private readonly List<Variable> addedVariables = [];
    private readonly HashSet<Variable> trainableByDesign = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Variable Variable, Regularizer Regularizer)> regularized = [];
    private FoundState? found;
    private bool? declaresOutputShape;

    /// <summary>The layers directly in this one.</summary>
    public virtual IReadOnlyList<Layer> SubLayers => FindInFields<Layer>();

    /// <summary>All weights: per layer the trainable ones, then the others, then those of its sub-layers.</summary>
    public IReadOnlyList<Variable> Weights
    {
        get
        {
            var weights = new List<Variable>();
            Collect(weights, new HashSet<Variable>(ReferenceEqualityComparer.Instance));
            return weights;
        }
    }

    /// <summary>The weights that training changes, in the order of <see cref="Weights"/>.</summary>
    public IReadOnlyList<Variable> TrainableVariables => Found.TrainableVariables;

    /// <summary>The weights that training does not change, in the order of <see cref="Weights"/>.</summary>
    public IReadOnlyList<Variable> NonTrainableVariables => [.. Weights.Where(static variable => !variable.Trainable)];

    /// <summary>The penalties of the last call: regularized weights, <see cref="AddLoss"/> and activity, this layer's and its sub-layers'.</summary>
    public IReadOnlyList<Tensor> Losses
    {
        get
        {
            var losses = new List<Tensor>();
            var layers = Found.Layers;
            foreach (var layer in layers)
                lock (layer.callLosses)
                    losses.AddRange(layer.callLosses);
            foreach (var layer in layers)
                foreach (var (variable, regularizer) in layer.regularized)
                    if (variable.Trainable)
                        losses.Add(regularizer.Penalty(variable));
            return losses;
        }
    }

    /// <summary>The number of scalars in all weights.</summary>
    /// <exception cref="InvalidOperationException">The layer is not built.</exception>
    public long CountParameters() => Built
        ? Weights.Sum(static variable => variable.Size)
        : throw new InvalidOperationException($"CountParameters: layer '{Name}' isn't built. Hint: call it on an input, or build its model.");

    /// <summary>The values of <see cref="Weights"/>, copied.</summary>
    public IReadOnlyList<Tensor> GetWeights() => [.. Weights.Select(static variable => variable.Copy())];

    /// <summary>Replaces the values of <see cref="Weights"/>, in that order.</summary>
    /// <exception cref="ArgumentException">The number of tensors is not that of the weights.</exception>
    /// <exception cref="ShapeException">A shape differs.</exception>
    public void SetWeights(IReadOnlyList<Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var variables = Weights;
        if (weights.Count != variables.Count)
            throw new ArgumentException(
                $"You called SetWeights on layer '{Name}' with {weights.Count} weights, but the layer was expecting {variables.Count}.", nameof(weights));
        for (var i = 0; i < weights.Count; i++)
            if (weights[i].Shape != variables[i].Shape)
                throw new ShapeException($"SetWeights on layer '{Name}'", "shapes must be those of the weights", $"{variables[i].Path} {variables[i].Shape}, value {weights[i].Shape}");
        for (var i = 0; i < weights.Count; i++)
            variables[i].Assign(weights[i]);
    }

    /// <summary>This layer and all layers in it, outermost first, each once.</summary>
    public IEnumerable<Layer> Flatten()
    {
        var seen = new HashSet<Layer>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Layer>([this]);
        while (pending.TryPop(out var layer))
        {
            if (!seen.Add(layer))
                continue;
            yield return layer;
            foreach (var inner in layer.SubLayers.Reverse())
                pending.Push(inner);
        }
    }

    /// <summary>The weights made by this layer itself.</summary>
    internal IReadOnlyList<Variable> OwnVariables
    {
        get
        {
            var own = new List<Variable>(addedVariables);
            foreach (var variable in FindInFields<Variable>())
                if (!own.Contains(variable, ReferenceEqualityComparer.Instance))
                {
                    own.Add(variable);
                    if (variable.Trainable)
                        trainableByDesign.Add(variable);
                }
            return own;
        }
    }

    /// <summary><see cref="OwnVariables"/>, those made to be trained first.</summary>
    internal IReadOnlyList<Variable> OrderedOwnVariables
    {
        get
        {
            var own = OwnVariables;
            return [.. own.Where(trainableByDesign.Contains), .. own.Where(variable => !trainableByDesign.Contains(variable))];
        }
    }

    /// <summary>Objects without variables that Keras has in attributes and names in its files, and this layer does without.</summary>
    internal virtual IEnumerable<(string Attribute, string Name)> StatelessParts => [];

    /// <summary>What is in the layer now; kept until a layer or a weight is made, added, frozen or thawed anywhere.</summary>
    private FoundState Found => found is not null && found.Version == Variable.StructureVersion ? found : found = new FoundState(this);

    private bool DeclaresOutputShape => declaresOutputShape ??=
        GetType().GetMethod(nameof(ComputeOutputShape), [typeof(Shape)])!.DeclaringType != typeof(Layer);

    internal static void ForgetFoundState() => Variable.ChangeStructure();

    private protected void Own(Variable variable, bool designedTrainable, Regularizer? regularizer, Constraint? constraint)
    {
        addedVariables.Add(variable);
        if (designedTrainable)
            trainableByDesign.Add(variable);
        if (regularizer is not null)
            regularized.Add((variable, regularizer));
        variable.Constraint = constraint;
        ForgetFoundState();
    }

    private void ForgetCallLosses()
    {
        foreach (var layer in Found.Layers)
            lock (layer.callLosses)
                layer.callLosses.Clear();
    }

    private void Collect(List<Variable> weights, HashSet<Variable> seen)
    {
        foreach (var variable in OrderedOwnVariables)
            if (seen.Add(variable))
                weights.Add(variable);
        foreach (var layer in SubLayers)
            layer.Collect(weights, seen);
    }

    private List<T> FindInFields<T>()
        where T : class
    {
        var found = new List<T>();
        for (var type = GetType(); type is not null && type != typeof(Layer); type = type.BaseType)
        {
            var here = new List<T>();
            foreach (var field in LayerFields.Of(type))
                Add(here, field.GetValue(this));
            found.InsertRange(0, here);
        }
        return [.. found.Distinct(ReferenceEqualityComparer.Instance).Cast<T>()];
    }

    private static void Add<T>(List<T> found, object? value)
        where T : class
    {
        switch (value)
        {
            case T item:
                found.Add(item);
                break;
            case IDictionary dictionary:
                foreach (var entry in dictionary.Values)
                    Add(found, entry);
                break;
            case IEnumerable sequence and not string and not Tensor:
                foreach (var entry in sequence)
                    Add(found, entry);
                break;
        }
    }

    private sealed class FoundState(Layer layer)
    {
        public int Version { get; } = Variable.StructureVersion;

        public Layer[] Layers { get; } = [.. layer.Flatten()];

        public Variable[] TrainableVariables { get; } = [.. layer.Weights.Where(static variable => variable.Trainable)];
    }
}
