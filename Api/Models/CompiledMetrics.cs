using GpuKeras.Metrics;

namespace GpuKeras;

/// <summary>The metrics of a compiled model, matched to its outputs and their shapes when the first batch comes.</summary>
internal sealed class CompiledMetrics(MetricSet? unweighted, MetricSet? weighted)
{
    private readonly List<(string LogName, SupervisedMetric Metric, int Output, bool Weighted)> entries = [];
    private bool matched;

    public IReadOnlyList<(string LogName, SupervisedMetric Metric, int Output, bool Weighted)> Entries => entries;

    /// <summary>Accumulates a batch.</summary>
    public void Update(TensorStructure yTrue, TensorStructure yPred, TensorStructure? sampleWeight, IReadOnlyList<string> outputNames)
    {
        if (unweighted is null && weighted is null)
            return;
        var targets = OutputMatching.Order("y", yTrue, yPred, outputNames, yPred.Count);
        if (!matched)
        {
            Match(unweighted, isWeighted: false, targets, yPred, outputNames);
            Match(weighted, isWeighted: true, targets, yPred, outputNames);
            matched = true;
        }
        var weights = sampleWeight is null ? null : OutputMatching.Order("sample weight", sampleWeight, yPred, outputNames, 1);
        foreach (var (_, metric, output, isWeighted) in entries)
            if (targets[output] is { } target)
                metric.UpdateState(target, yPred[output], isWeighted ? weights?[output] : null);
    }

    public void Reset()
    {
        foreach (var entry in entries)
            entry.Metric.ResetState();
    }

    private void Match(MetricSet? set, bool isWeighted, Tensor?[] targets, TensorStructure yPred, IReadOnlyList<string> outputNames)
    {
        if (set is null)
            return;
        var perOutput = set.Distribute(outputNames);
        for (var output = 0; output < perOutput.Length; output++)
        {
            if (targets[output] is not { } target)
                continue;
            foreach (var identifier in perOutput[output])
            {
                var metric = identifier.Resolve(target.Shape, yPred[output].Shape);
                var name = outputNames.Count > 1 ? $"{outputNames[output]}_{metric.Name}" : metric.Name;
                if (isWeighted && entries.Any(entry => entry.LogName == name))
                    name = $"weighted_{name}";
                entries.Add((name, metric, output, isWeighted));
            }
        }
    }
}
