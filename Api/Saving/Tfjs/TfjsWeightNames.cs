using System.Text.RegularExpressions;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>Finds a model's variables by the names that weights have in TensorFlow.js.</summary>
/// <remarks>
/// A name ends with the variable's and has names of layers around it before, of which some may be missing, or that of the model be there
/// besides: the writers differ in that, and in the order of the weights. Equal names are matched first, then related ones in the file's order.
/// If that leaves some over, the order is that of Python's converter, provided that the variables' own names fit.
/// </remarks>
internal static partial class TfjsWeightNames
{
    // Far beyond what names of a real model need, where each weight has hardly more than one candidate.
    private const int MaxComparisons = 20_000_000;

    /// <summary>The weight of the file for each variable of a model.</summary>
    /// <exception cref="WeightsException">A variable or a weight is left over.</exception>
    public static List<(StoredWeight Stored, Variable Variable)> Match(Model model, IReadOnlyList<StoredWeight> stored, string path)
    {
        var variables = Variables(model);
        var left = stored.Select(static weight => new Named(weight, Tokens(weight.Name))).ToLookup(static named => named.Tokens[^1], StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        var found = new StoredWeight?[variables.Count];
        Find(static (name, variable) => name.SequenceEqual(variable));
        Find(static (name, variable) => IsWithin(name, variable) || IsWithin(variable, name));
        var matched = new List<(StoredWeight, Variable)>();
        for (var i = 0; i < found.Length; i++)
            if (found[i] is { } weight)
                matched.Add((weight, variables[i].Variable));
        if (matched.Count < variables.Count && InOrder(model, stored, variables) is { } ordered)
            return ordered;
        var missing = variables.Where((_, i) => found[i] is null).Select(static variable => string.Join('/', variable.Tokens)).ToList();
        var unexpected = left.Values.SelectMany(static names => names).Select(static named => named.Weight.Name).ToList();
        return missing.Count + unexpected.Count == 0 ? matched : throw new WeightsException(
            $"'{path}': the weights do not fit model '{model.Name}'. Missing in the file: {Listed(missing)}. Not in the model: {Listed(unexpected)}.");

        void Find(Func<string[], string[], bool> related)
        {
            long comparisons = 0;
            for (var i = 0; i < variables.Count; i++)
            {
                if (found[i] is not null || !left.TryGetValue(variables[i].Tokens[^1], out var candidates))
                    continue;
                for (var at = 0; at < candidates.Count && found[i] is null; at++)
                {
                    if (++comparisons > MaxComparisons)
                        return;
                    if (!related(candidates[at].Tokens, variables[i].Tokens))
                        continue;
                    found[i] = candidates[at].Weight;
                    candidates.RemoveAt(at);
                }
            }
        }
    }

    // TensorFlow 1 gave layers other names when a model was loaded while one of those names was there: lstm_1_2/kernel.
    private static List<(StoredWeight, Variable)>? InOrder(
        Model model, IReadOnlyList<StoredWeight> stored, List<(string[] Tokens, Variable Variable)> named)
    {
        var tokens = named.ToDictionary<(string[] Tokens, Variable Variable), Variable, string[]>(
            static entry => entry.Variable, static entry => entry.Tokens, ReferenceEqualityComparer.Instance);
        var variables = model.Layers.SelectMany(static layer => LegacyWeights.InOldOrder(layer.Weights)).ToList();
        return variables.Count == stored.Count && variables.Zip(stored).All(pair => IsRenumbered(Tokens(pair.Second.Name), tokens[pair.First]))
            ? [.. stored.Zip(variables)]
            : null;
    }

    private static bool IsRenumbered(string[] name, string[] variable) => name[^1] == variable[^1]
        && name[..^1].Any(other => variable[..^1].Any(own => other.StartsWith($"{own}_", StringComparison.Ordinal) || other == own));

    private static List<(string[] Tokens, Variable Variable)> Variables(Model model)
    {
        var named = new List<(string[], Variable)>();
        var seen = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var seenLayers = new HashSet<Layer>(ReferenceEqualityComparer.Instance);
        Collect(model, []);
        return named;

        void Collect(Layer layer, string[] names)
        {
            foreach (var variable in layer.OrderedOwnVariables)
                if (seen.Add(variable))
                    named.Add((Tokens([.. names, variable.Name]), variable));
            foreach (var inner in layer.SubLayers.Where(seenLayers.Add))
                Collect(inner, [.. names, inner.Name]);
        }
    }

    private static string[] Tokens(string name) => Tokens(name.Split(':')[0].Split('/'));

    // Cells were numbered over the whole session, or had no name at all; kernels of depthwise convolutions had a name of their own.
    private static string[] Tokens(string[] names) =>
        [.. names[..^1].Where(static name => !Cell().IsMatch(name)), names[^1] == "depthwise_kernel" ? "kernel" : names[^1]];

    /// <summary>Whether all names of one list are in the other, in the same order; the last ones are known to be equal.</summary>
    private static bool IsWithin(string[] part, string[] whole)
    {
        // Without any layer it says nothing.
        if (part.Length < 2)
            return false;
        var next = 0;
        foreach (var name in whole)
            if (next < part.Length && name == part[next])
                next++;
        return next == part.Length;
    }

    private static string Listed(List<string> names)
    {
        const int most = 10;
        return names.Count == 0 ? "nothing" : string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");
    }

    [GeneratedRegex("^(lstm|gru|simple_rnn)_cell(_[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    private sealed record Named(StoredWeight Weight, string[] Tokens);
}
