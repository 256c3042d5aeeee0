using System.Runtime.CompilerServices;
using GpuKeras.Metrics;

namespace GpuKeras;

/// <summary>The metrics of a model: a list for every output, or a list for each output name.</summary>
[CollectionBuilder(typeof(MetricSet), nameof(FromList))]
public sealed class MetricSet : IEnumerable<MetricIdentifier>
{
    private readonly List<MetricIdentifier> forAll = [];
    private readonly OrderedDictionary<string, MetricSet> named = new(StringComparer.Ordinal);
    private IReadOnlyList<MetricSet>? perOutput;

    /// <summary>The metrics of one output.</summary>
    public MetricSet this[string output]
    {
        get => named[output];
        set => named[output] = value;
    }

    /// <summary>Metrics for every output; collection expressions call it.</summary>
    public static MetricSet FromList(ReadOnlySpan<MetricIdentifier> metrics)
    {
        var set = new MetricSet();
        set.forAll.AddRange(metrics);
        return set;
    }

    /// <summary>Metrics for each output, in order.</summary>
    public static MetricSet PerOutput(IReadOnlyList<MetricSet> sets) => new() { perOutput = [.. sets] };

    /// <summary>One metric by Keras' identifier.</summary>
    public static implicit operator MetricSet(string identifier) => FromList([identifier]);

    /// <summary>One metric.</summary>
    public static implicit operator MetricSet(SupervisedMetric metric) => FromList([metric]);

    /// <inheritdoc/>
    public IEnumerator<MetricIdentifier> GetEnumerator() =>
        forAll.Concat((perOutput ?? [.. named.Values]).SelectMany(static set => set)).GetEnumerator();

    /// <inheritdoc/>
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The metrics by output name; empty if they are not.</summary>
    internal IReadOnlyDictionary<string, MetricSet> Named => named;

    /// <summary>The metrics for each output in order; null if they are the same for all, or by name.</summary>
    internal IReadOnlyList<MetricSet>? Ordered => perOutput;

    /// <summary>The metrics of each output.</summary>
    /// <exception cref="ArgumentException">A name is not an output's, or there are not as many lists as outputs.</exception>
    internal IReadOnlyList<MetricIdentifier>[] Distribute(IReadOnlyList<string> outputs)
    {
        foreach (var name in named.Keys)
            if (!outputs.Contains(name))
                throw new ArgumentException($"metrics: '{name}' is no output of the model. Hint: its outputs are {string.Join(", ", outputs)}.");
        if (perOutput is not null)
            return perOutput.Count == outputs.Count
                ? [.. perOutput.Select(static set => set.forAll)]
                : throw new ArgumentException($"metrics: must have one list for each of the {outputs.Count} outputs; got {perOutput.Count}");
        return [.. outputs.Select(output => named.TryGetValue(output, out var set) ? set.forAll : forAll)];
    }
}
