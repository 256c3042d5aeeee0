using System.Text.Json.Nodes;

namespace GpuKeras.Layers;

/// <summary>The entry of a model: a symbolic tensor of a known shape and dtype.</summary>
public sealed class InputLayer : Layer
{
    /// <summary>An entry for samples of a shape.</summary>
    /// <param name="shape">The shape of one sample, without the batch axis; <see cref="Shape.Unknown"/> where it varies.</param>
    /// <param name="batchSize">The batch size, if it is fixed.</param>
    /// <param name="dtype">The dtype of the values.</param>
    /// <param name="name">The layer's name; by default <c>input_layer</c>, <c>input_layer_1</c>, …</param>
    public InputLayer(Shape shape, int? batchSize = null, DType dtype = DType.Float32, string? name = null)
        : base(name)
    {
        (Shape, BatchSize, DType) = (shape, batchSize, dtype);
        BatchShape = shape.Insert(0, batchSize ?? Shape.Unknown);
        var node = new LayerNode(this, [], training: null);
        Output = Tensor.Symbolic(BatchShape, dtype, node);
        node.OutputStructure = Output;
        MarkBuilt();
    }

    /// <summary>The shape of one sample.</summary>
    public Shape Shape { get; }

    /// <summary>The batch size, if it is fixed.</summary>
    public int? BatchSize { get; }

    /// <summary>The shape with the batch axis.</summary>
    public Shape BatchShape { get; }

    /// <summary>The symbolic tensor that models start from.</summary>
    public Tensor Output { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <summary>Makes the layer from Keras' configuration.</summary>
    public static InputLayer FromConfig(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var batchShape = config["batch_shape"]?.AsArray().Select(static size => size is null ? Shape.Unknown : (int)size).ToArray()
            ?? throw new ArgumentException("InputLayer: configuration value 'batch_shape' is missing");
        return new InputLayer(
            new Shape(batchShape.AsSpan(1)),
            batchShape[0] == Shape.Unknown ? null : batchShape[0],
            DTypes.Parse((string?)config["dtype"] ?? "float32"),
            (string?)config["name"]);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["batch_shape"] = Saving.ConfigValues.ToJson(BatchShape),
        ["dtype"] = DType.KerasName(),
        ["sparse"] = false,
        ["ragged"] = false,
        ["name"] = Name,
        ["optional"] = false,
    };

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs;
}
