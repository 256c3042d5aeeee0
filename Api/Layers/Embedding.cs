using System.Text.Json.Nodes;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>A trained vector for each whole number: <c>embeddings[index]</c>.</summary>
/// <remarks>
/// Input <c>[…]</c> of whole numbers from 0 to inputDim − 1; output <c>[…, outputDim]</c>. Weight: embeddings <c>[inputDim, outputDim]</c>.
/// </remarks>
public sealed class Embedding : Layer
{
    /// <summary>A trained vector for each whole number.</summary>
    /// <param name="inputDim">How many numbers there are: the largest plus 1.</param>
    /// <param name="outputDim">The size of a vector.</param>
    /// <param name="embeddingsInitializer">The first vectors; evenly spread in ±0.05 by default.</param>
    /// <param name="embeddingsRegularizer">A penalty on the vectors.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="embeddingsConstraint">A rule that the vectors are brought back to after each update.</param>
    /// <param name="maskZero">Whether 0 stands for padding, which the layers behind leave out.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public Embedding(
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        string? name = null)
        : base(name)
    {
        InputDim = SizeRules.Positive(inputDim, "input_dim");
        OutputDim = SizeRules.Positive(outputDim, "output_dim");
        EmbeddingsInitializer = embeddingsInitializer ?? new RandomUniform();
        (EmbeddingsRegularizer, EmbeddingsConstraint, MaskZero) = (embeddingsRegularizer, embeddingsConstraint, maskZero);
        ActivityRegularizer = activityRegularizer;
        SupportsMasking = maskZero;
    }

    /// <summary>How many numbers there are.</summary>
    public int InputDim { get; }

    /// <summary>The size of a vector.</summary>
    public int OutputDim { get; }

    /// <summary>The first vectors.</summary>
    public Initializer EmbeddingsInitializer { get; }

    /// <summary>A penalty on the vectors, or null.</summary>
    public Regularizer? EmbeddingsRegularizer { get; }

    /// <summary>A rule for the vectors, or null.</summary>
    public Constraint? EmbeddingsConstraint { get; }

    /// <summary>Whether 0 stands for padding.</summary>
    public bool MaskZero { get; }

    /// <summary>The vectors <c>[inputDim, outputDim]</c>; made by the first call.</summary>
    public Variable Embeddings { get; private set; } = null!;

    /// <summary>The indices are taken as they are: as float32, those above 2²⁴ would not be whole numbers any more.</summary>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input.Insert(-1, OutputDim);

    internal override (string Key, JsonNode? Value)[] FixedConfig => [("quantization_config", null)];

    /// <inheritdoc/>
    protected override void Build(Shape input) => Embeddings = AddWeight(
        "embeddings", [InputDim, OutputDim], EmbeddingsInitializer,
        regularizer: EmbeddingsRegularizer, constraint: EmbeddingsConstraint);

    /// <inheritdoc/>
    /// <exception cref="IndexOutOfRangeException">An index is not one of the inputDim numbers; the message names it and the limit.</exception>
    protected override Tensor Call(Tensor inputs, bool training) => Embeddings.Gather(inputs);

    /// <inheritdoc/>
    protected override Tensor? ComputeMask(TensorStructure inputs, CallContext context) => MaskZero ? inputs.Single.NotEqual(0) : null;
}
