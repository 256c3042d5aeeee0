using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

// How a layer gets its weights: when they are made, from what shapes, and where the layer is then.
public abstract partial class Layer
{
    // The path of the layer that is being built or called.
    [ThreadStatic]
    private static string? enclosingPath;

    private readonly Lock buildGate = new();
    private string? path;

    /// <summary>Whether the weights exist.</summary>
    public bool Built { get; private set; }

    /// <summary>The names of the layers around this one when it was first built or called, and its own, such as <c>block/dense</c>.</summary>
    internal string Path => path ??= enclosingPath is null ? Name : $"{enclosingPath}/{Name}";

    /// <summary>Makes the weights, from the shape of the first input: <see cref="AddWeight"/> for each.</summary>
    /// <param name="input">The input's shape; the batch size may be unknown.</param>
    protected virtual void Build(Shape input)
    {
    }

    /// <summary>Makes the weights of a layer with several inputs; by default from the first one's shape.</summary>
    protected virtual void Build(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count > 0)
            Build(inputs[0]);
    }

    /// <summary>Makes a weight of this layer.</summary>
    /// <param name="name">The name within the layer, such as <c>kernel</c>.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="initializer">The first values; Glorot uniform by default.</param>
    /// <param name="trainable">Whether training changes it.</param>
    /// <param name="regularizer">A penalty that is added to the model's losses.</param>
    /// <param name="constraint">Applied after each update.</param>
    /// <param name="dtype">The dtype; the layer's by default.</param>
    protected Variable AddWeight(
        string name,
        Shape shape,
        Initializer? initializer = null,
        bool trainable = true,
        Regularizer? regularizer = null,
        Constraint? constraint = null,
        DType? dtype = null)
    {
        using var outsideScopes = TensorScope.Suspend();
        var type = dtype ?? DType;
        var values = WeightMaking.Create(this, name, shape, type, initializer ?? (type.IsFloatingPoint() ? new GlorotUniform() : new Zeros()));
        var variable = new Variable(values, trainable && Trainable, name) { Path = $"{Path}/{name}" };
        values.Dispose();
        Own(variable, trainable, regularizer, constraint);
        return variable;
    }

    /// <summary>A tensor that takes the place of a weight that the layer does without.</summary>
    private protected Tensor MakeConstant(Shape shape, double value) =>
        WeightMaking.CreateConstant(this, shape, DType, value);

    internal void EnsureBuilt(TensorStructure inputs)
    {
        if (Built)
            return;
        // Several threads may call a model first.
        lock (buildGate)
        {
            if (Built)
                return;
            var tracing = isTracing;
            BuildShapes = BuildShapes.Of(inputs, shape => tracing ? SymbolicShapes.Restore(shape) : shape);
            using (TensorScope.Suspend())
            using (GradientTape.StopAll())
                WithinPath(() => Build(inputs.Tensors.Select(static tensor => tensor.Shape).ToArray()));
            MarkBuilt();
        }
    }

    /// <summary>Does something that makes weights or calls layers, whose paths then start with this layer's.</summary>
    private protected void WithinPath(Action action)
    {
        var outer = enclosingPath;
        enclosingPath = Path;
        try
        {
            action();
        }
        finally
        {
            enclosingPath = outer;
        }
    }

    internal void MarkBuilt()
    {
        Built = true;
        ForgetFoundState();
    }
}
