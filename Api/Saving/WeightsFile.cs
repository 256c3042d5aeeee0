using System.Text;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>Puts the tensors of a file into a model's weights, all of them or none.</summary>
internal static class WeightsFile
{
    // A model and a file that have nothing in common would otherwise fill screens.
    private const int MaxListed = 10;

    /// <summary>Reads a file's tensors into variables.</summary>
    /// <param name="path">The file's name for errors.</param>
    /// <param name="model">The model's name for errors.</param>
    /// <param name="weights">The variables by their names in the file.</param>
    /// <param name="stored">What the file holds.</param>
    /// <exception cref="WeightsException">Names, shapes or dtypes differ; no variable has changed.</exception>
    public static void Load(string path, string model, List<(string Name, Variable Variable)> weights, IEnumerable<StoredWeight> stored)
    {
        var entries = stored.ToDictionary(static entry => entry.Name, StringComparer.Ordinal);
        Check(path, model, weights, entries);
        // The data may still turn out to be unreadable, so nothing is assigned before all of it is there.
        using var scope = new TensorScope();
        var values = weights.ConvertAll(weight => entries[weight.Name].Read());
        for (var i = 0; i < values.Count; i++)
            weights[i].Variable.Assign(values[i]);
    }

    private static void Check(
        string path, string model, List<(string Name, Variable Variable)> weights, Dictionary<string, StoredWeight> entries)
    {
        var names = weights.ConvertAll(static weight => weight.Name);
        var missing = names.Where(name => !entries.ContainsKey(name)).ToList();
        var unexpected = entries.Keys.Except(names).Order(StringComparer.Ordinal).ToList();
        var different = new List<string>();
        foreach (var (name, variable) in weights)
            if (entries.TryGetValue(name, out var entry) && Difference(variable, entry) is { } difference)
                different.Add($"'{name}': {difference}");
        if (missing.Count + unexpected.Count + different.Count == 0)
            return;
        var message = new StringBuilder($"LoadWeights: '{path}' does not fit model '{model}', which is unchanged.");
        Append(message, "Missing in the file", missing.ConvertAll(name => $"'{name}'{Nearest(name, unexpected)}"));
        Append(message, "Not in the model", unexpected.ConvertAll(name => $"'{name}'{Nearest(name, missing)}"));
        Append(message, "Different", different);
        throw new WeightsException(message.ToString());
    }

    private static string? Difference(Variable variable, StoredWeight entry)
    {
        if (entry.Shape != variable.Shape)
            return $"the model has {variable.Shape}, the file {entry.Shape}";
        var dtype = entry.Encoding.Target!.Value;
        return dtype == variable.DType || (dtype.IsFloatingPoint() && variable.DType.IsFloatingPoint())
            ? null
            : $"the model has {variable.DType.KerasName()}, the file {dtype.KerasName()}";
    }

    private static string Nearest(string name, List<string> others)
    {
        var nearest = others.MinBy(other => Identifiers.Distance(name, other));
        return nearest is not null && Identifiers.Distance(name, nearest) <= Math.Max(2, name.Length / 3) ? $" (nearest: '{nearest}')" : "";
    }

    private static void Append(StringBuilder message, string title, List<string> items)
    {
        if (items.Count == 0)
            return;
        message.Append(' ').Append(title).Append(": ").AppendJoin(", ", items.Take(MaxListed));
        if (items.Count > MaxListed)
            message.Append($" and {items.Count - MaxListed} more");
        message.Append('.');
    }
}
