using GpuKeras.Metrics;
using GpuKeras.Optimizers;

namespace GpuKeras;

// What training needs besides the forward pass: optimizer, losses, metrics.
public partial class Model
{
    private readonly Mean lossTracker = new("loss");
    private Optimizer? optimizer;
    private CompiledLoss? compiledLoss;
    private CompiledMetrics compiledMetrics = new(null, null);
    private IReadOnlyList<string>? outputNames;

    /// <summary>What <see cref="Compile"/> was given; null before.</summary>
    internal CompileArguments? Compiled { get; private set; }

    /// <summary>The optimizer given to <see cref="Compile"/>.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Optimizer Optimizer => optimizer ?? throw NotCompiled();

    /// <summary>Whether <see cref="Compile"/> has been called.</summary>
    public bool IsCompiled => optimizer is not null;

    /// <summary>The metrics by the names they have in logs, the loss first. Empty until the first batch has fixed them.</summary>
    public IReadOnlyList<(string Name, Metric Metric)> Metrics =>
    [
        ("loss", lossTracker),
        .. (compiledLoss?.Trackers ?? []).Select(static tracker => (tracker.Name, (Metric)tracker)),
        .. compiledMetrics.Entries.Select(static entry => (entry.LogName, (Metric)entry.Metric)),
    ];

    /// <summary>Says how the model is to be trained.</summary>
    /// <param name="optimizer">How weights follow gradients; an object or Keras' name. RMSprop by default.</param>
    /// <param name="loss">What is minimised: for all outputs, a list, or by output name; objects or Keras' names.</param>
    /// <param name="lossWeights">How much the loss of each output counts.</param>
    /// <param name="metrics">What is measured, without sample weights; objects or Keras' names.</param>
    /// <param name="weightedMetrics">What is measured with sample weights.</param>
    public void Compile(
        Optimizer? optimizer = null,
        LossSet? loss = null,
        LossWeights? lossWeights = null,
        MetricSet? metrics = null,
        MetricSet? weightedMetrics = null)
    {
        this.optimizer = optimizer ?? "rmsprop";
        compiledLoss = loss is null ? null : new CompiledLoss(loss, lossWeights);
        compiledMetrics = new CompiledMetrics(metrics, weightedMetrics);
        outputNames = null;
        Compiled = new(this.optimizer, loss, lossWeights, metrics, weightedMetrics);
        lossTracker.ResetState();
    }

    /// <summary>The names of the outputs: dictionary keys, or the layers that made them, or <c>output_1</c>, ….</summary>
    private protected virtual IReadOnlyList<string> NameOutputs(TensorStructure outputs)
    {
        if (outputs.Names is { } names)
            return names;
        if (Graph?.Outputs is { } symbolic)
            return [.. symbolic.Tensors.Select(static (tensor, i) => tensor.Producer is Layers.LayerNode node ? node.Layer.Name : $"output_{i + 1}")];
        return [.. Enumerable.Range(1, outputs.Count).Select(static i => $"output_{i}")];
    }

    private static InvalidOperationException NotCompiled() => new("You must call `Compile()` before using the model.");
}
