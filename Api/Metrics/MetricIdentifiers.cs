using GpuKeras.Losses;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Metrics;

/// <summary>
/// Keras' string identifiers of metrics: class names, their snake_case forms and short names. The identifier becomes the name in logs.
/// </summary>
internal static class MetricIdentifiers
{
    private static readonly Dictionary<string, Func<string, SupervisedMetric>> Known = Build();

    public static bool IsKnown(string identifier) =>
        identifier is not null && (Known.ContainsKey(identifier) || identifier.ToLowerInvariant() is "accuracy" or "acc" or "crossentropy" or "ce");

    /// <summary>The metric with an identifier; <c>accuracy</c> and <c>crossentropy</c> become those that fit the shapes.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="yTrue">The targets' shape.</param>
    /// <param name="yPred">The predictions' shape.</param>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static SupervisedMetric Resolve(string identifier, in Shape yTrue, in Shape yPred)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var kind = TargetKinds.Of(yTrue, yPred);
        return identifier.ToLowerInvariant() switch
        {
            "accuracy" or "acc" => kind switch
            {
                TargetKind.Binary => new BinaryAccuracy(identifier),
                TargetKind.ClassNumbers => new SparseCategoricalAccuracy(identifier),
                _ => new CategoricalAccuracy(identifier),
            },
            "crossentropy" or "ce" => kind switch
            {
                TargetKind.Binary => new BinaryCrossentropyMetric(identifier),
                TargetKind.ClassNumbers => new SparseCategoricalCrossentropyMetric(identifier),
                _ => new CategoricalCrossentropyMetric(identifier),
            },
            _ => Resolve(identifier),
        };
    }

    /// <summary>The metric with an identifier that does not depend on shapes.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static SupervisedMetric Resolve(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Known.TryGetValue(identifier, out var make)
            ? make(identifier)
            : throw Unknown(identifier);
    }

    /// <summary>The error for an identifier that is none.</summary>
    public static ArgumentException Unknown(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Identifiers.Unknown("metric", identifier, [.. Known.Keys, "acc", "crossentropy", "ce"]);
    }

    private static Dictionary<string, Func<string, SupervisedMetric>> Build()
    {
        var known = new Dictionary<string, Func<string, SupervisedMetric>>(StringComparer.Ordinal);
        void Add<T>(Func<string, T> make, params ReadOnlySpan<string> shortNames)
            where T : SupervisedMetric
        {
            var className = KerasTypes.ClassName(typeof(T));
            known[className] = make;
            known[Identifiers.ToSnakeCase(className)] = make;
            foreach (var shortName in shortNames)
                known[shortName] = make;
        }

        Add(static name => new MeanSquaredErrorMetric(name), "mse", "MSE");
        Add(static name => new RootMeanSquaredError(name));
        Add(static name => new MeanAbsoluteErrorMetric(name), "mae", "MAE");
        Add(static name => new MeanAbsolutePercentageErrorMetric(name), "mape", "MAPE");
        Add(static name => new MeanSquaredLogarithmicErrorMetric(name), "msle", "MSLE");
        Add(static name => new CosineSimilarityMetric(name));
        Add(static name => new LogCoshError(name));
        Add(static name => new R2Score(name: name));
        Add(static name => new AUC(name: name));
        Add(static name => new TruePositives(name: name));
        Add(static name => new TrueNegatives(name: name));
        Add(static name => new FalsePositives(name: name));
        Add(static name => new FalseNegatives(name: name));
        Add(static name => new Precision(name: name));
        Add(static name => new Recall(name: name));
        Add(static name => new HingeMetric(name));
        Add(static name => new SquaredHingeMetric(name));
        Add(static name => new CategoricalHingeMetric(name));
        Add(static name => new KLDivergenceMetric(name));
        Add(static name => new PoissonMetric(name));
        Add(static name => new BinaryCrossentropyMetric(name), "bce", "BCE");
        Add(static name => new CategoricalCrossentropyMetric(name));
        Add(static name => new SparseCategoricalCrossentropyMetric(name));
        Add(static name => new Accuracy(name));
        Add(static name => new BinaryAccuracy(name));
        Add(static name => new CategoricalAccuracy(name));
        Add(static name => new SparseCategoricalAccuracy(name));
        Add(static name => new TopKCategoricalAccuracy(name: name));
        Add(static name => new SparseTopKCategoricalAccuracy(name: name));
        Add(static name => new FBetaScore(name: name));
        Add(static name => new F1Score(name: name));
        Add(static name => new BinaryIoU(name: name));
        return known;
    }
}
