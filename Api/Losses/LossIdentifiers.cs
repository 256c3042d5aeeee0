using GpuKeras.Utilities;

namespace GpuKeras.Losses;

/// <summary>Keras' string identifiers of losses: class names, function names and short names.</summary>
internal static class LossIdentifiers
{
    private static readonly Dictionary<string, Func<Loss>> Known = Build();

    public static bool IsKnown(string identifier) => Known.ContainsKey(identifier);

    /// <exception cref="ArgumentException">There is no such loss.</exception>
    public static Loss Resolve(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        if (!Known.TryGetValue(identifier, out var make))
            throw Identifiers.Unknown("loss", identifier, Known.Keys);
        var loss = make();
        loss.Identifier = identifier;
        return loss;
    }

    private static Dictionary<string, Func<Loss>> Build()
    {
        var known = new Dictionary<string, Func<Loss>>(StringComparer.Ordinal);
        // A class name gives the class' own name in logs, a function's name gives itself.
        void Add(string className, Func<Loss> make, Func<string, Loss> named, params ReadOnlySpan<string> functions)
        {
            known.Add(className, make);
            foreach (var function in functions)
                known.Add(function, () => named(function));
        }

        Add("MeanSquaredError", () => new MeanSquaredError(), name => new MeanSquaredError(name: name), "mean_squared_error", "mse", "MSE");
        Add("MeanAbsoluteError", () => new MeanAbsoluteError(),
            name => new MeanAbsoluteError(name: name), "mean_absolute_error", "mae", "MAE");
        Add("MeanAbsolutePercentageError", () => new MeanAbsolutePercentageError(),
            name => new MeanAbsolutePercentageError(name: name), "mean_absolute_percentage_error", "mape", "MAPE");
        Add("MeanSquaredLogarithmicError", () => new MeanSquaredLogarithmicError(),
            name => new MeanSquaredLogarithmicError(name: name), "mean_squared_logarithmic_error", "msle", "MSLE");
        Add("CosineSimilarity", () => new CosineSimilarity(), name => new CosineSimilarity(name: name), "cosine_similarity");
        Add("Huber", () => new Huber(), name => new Huber(name: name), "huber");
        Add("LogCosh", () => new LogCosh(), name => new LogCosh(name: name), "log_cosh");
        Add("Hinge", () => new Hinge(), name => new Hinge(name: name), "hinge");
        Add("SquaredHinge", () => new SquaredHinge(), name => new SquaredHinge(name: name), "squared_hinge");
        Add("CategoricalHinge", () => new CategoricalHinge(), name => new CategoricalHinge(name: name), "categorical_hinge");
        Add("KLDivergence", () => new KLDivergence(), name => new KLDivergence(name: name), "kl_divergence", "kld", "KLD");
        Add("Poisson", () => new Poisson(), name => new Poisson(name: name), "poisson");
        Add("BinaryCrossentropy", () => new BinaryCrossentropy(),
            name => new BinaryCrossentropy(name: name), "binary_crossentropy", "bce", "BCE");
        Add("BinaryFocalCrossentropy", () => new BinaryFocalCrossentropy(),
            name => new BinaryFocalCrossentropy(name: name), "binary_focal_crossentropy");
        Add("CategoricalCrossentropy", () => new CategoricalCrossentropy(),
            name => new CategoricalCrossentropy(name: name), "categorical_crossentropy");
        Add("CategoricalFocalCrossentropy", () => new CategoricalFocalCrossentropy(),
            name => new CategoricalFocalCrossentropy(name: name), "categorical_focal_crossentropy");
        Add("SparseCategoricalCrossentropy", () => new SparseCategoricalCrossentropy(),
            name => new SparseCategoricalCrossentropy(name: name), "sparse_categorical_crossentropy");
        Add("CategoricalGeneralizedCrossEntropy", () => new CategoricalGeneralizedCrossEntropy(),
            name => new CategoricalGeneralizedCrossEntropy(name: name));
        Add("Dice", () => new Dice(), name => new Dice(name: name), "dice");
        Add("Tversky", () => new Tversky(), name => new Tversky(name: name), "tversky");
        Add("Circle", () => new Circle(), name => new Circle(name: name), "circle");
        Add("CTC", () => new CTC(), name => new CTC(name: name), "ctc");
        foreach (var identifier in (ReadOnlySpan<string>)["crossentropy", "ce"])
            known.Add(identifier, () => new MatchedCrossentropy(identifier));
        return known;
    }
}
