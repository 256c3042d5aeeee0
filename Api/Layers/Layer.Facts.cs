namespace GpuKeras.Layers;

// What a summary says about a layer: how it was called and built.
public abstract partial class Layer
{
    private int symbolicCalls;

    /// <summary>The number of the layer's next call on symbolic tensors.</summary>
    internal int NextCallIndex() => isTracing ? symbolicCalls : symbolicCalls++;

    /// <summary>What the latest symbolic call returned; null before.</summary>
    internal TensorStructure? SymbolicOutput { get; private set; }

    /// <summary>The shape of the input that the weights were made for; null if there are none, or several inputs.</summary>
    internal Shape? BuiltFor { get; private set; }

    /// <summary>The output's shape for the input that the weights were made for; null if there are none or the layer cannot say.</summary>
    internal Shape? DeclaredOutputShape() =>
        Built && BuiltFor is { } shape && (DeclaresOutputShape || GetType().Assembly == typeof(Layer).Assembly) && OwnVariables.Count > 0
            ? ComputeOutputShape(shape)
            : null;
}
