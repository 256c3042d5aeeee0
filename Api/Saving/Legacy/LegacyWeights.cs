
namespace GpuKeras.Saving;

/// <summary>Finds the place of weights that an older file keeps by layers and by order.</summary>
internal static class LegacyWeights
{
    /// <summary>The weight of the file for each variable of a model.</summary>
    /// <param name="model">The model, which is built.</param>
    /// <param name="saved">The file's layers in their order.</param>
    /// <param name="topLevel">The weights of the model itself; null where the file has no such list.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="preferNames">
    /// Whether layers are matched by name where all names are there, since the model was made from the file; otherwise by order, as in Keras.
    /// </param>
    /// <exception cref="WeightsException">The numbers of layers or weights differ.</exception>
    public static List<(StoredWeight Stored, Variable Variable)> Match(
        Model model, List<LegacyLayerWeights> saved, IReadOnlyList<StoredWeight>? topLevel, string path, bool preferNames)
    {
        saved = saved.FindAll(static layer => layer.Weights.Count > 0);
        var layers = model.Layers.Where(static layer => layer.Weights.Count > 0).ToList();
        if (saved.Count != layers.Count)
            throw new WeightsException(
                $"LoadWeights: '{path}' does not fit model '{model.Name}', which is unchanged: the model has {layers.Count} layers with weights, " +
                $"the file {saved.Count}: {Listed(layers.Select(static layer => layer.Name))}; {Listed(saved.Select(static layer => layer.Name))}.");
        if (preferNames && saved.Select(static layer => layer.Name).ToHashSet(StringComparer.Ordinal).SetEquals(layers.Select(static layer => layer.Name)))
        {
            var byName = saved.ToDictionary(static layer => layer.Name, StringComparer.Ordinal);
            saved = layers.ConvertAll(layer => byName[layer.Name]);
        }
        var matched = new List<(StoredWeight, Variable)>();
        var problems = new List<string>();
        for (var i = 0; i < layers.Count; i++)
            Pair($"layer '{layers[i].Name}'", CuDnnWeights.Convert(layers[i], saved[i].Weights), InOldOrder(layers[i].Weights));
        if (topLevel is not null || model.OwnVariables.Count > 0)
            Pair("the model itself", topLevel ?? [], InOldOrder(model.OrderedOwnVariables));
        return problems.Count == 0 ? matched : throw new WeightsException(
            $"LoadWeights: '{path}' does not fit model '{model.Name}', which is unchanged. Numbers of weights differ: {Listed(problems)}.");

        void Pair(string what, IReadOnlyList<StoredWeight> stored, IReadOnlyList<Variable> variables)
        {
            if (stored.Count == variables.Count)
                matched.AddRange(stored.Zip(variables));
            else
                problems.Add($"{what} has {variables.Count}, the file {stored.Count}");
        }
    }

    /// <summary>Puts values into their variables, all or none.</summary>
    /// <exception cref="WeightsException">Shapes or dtypes differ; the message lists them, and no variable has changed.</exception>
    /// <exception cref="FileFormatException">Two lists name one array.</exception>
    public static void Assign(string path, Model model, List<(StoredWeight Stored, Variable Variable)> matched)
    {
        if (matched.GroupBy(static pair => pair.Stored.Name).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw new FileFormatException(path, $"'{twice.Key}' is named as two weights");
        WeightsFile.Load(path, model.Name, matched.ConvertAll(static pair => (pair.Stored.Name, pair.Variable)), matched.Select(static pair => pair.Stored));
    }

    /// <summary>Weights of a layer as older files have them: those that are trained, over all layers in it, and then the others.</summary>
    public static List<Variable> InOldOrder(IReadOnlyList<Variable> weights) =>
        [.. weights.Where(static weight => weight.Trainable), .. weights.Where(static weight => !weight.Trainable)];

    private static string Listed(IEnumerable<string> names)
    {
        const int most = 10;
        var all = names.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }
}
