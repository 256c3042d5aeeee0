using System.Text.RegularExpressions;
using GpuKeras.Layers;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>The names of a model's weights in files: the names of the layers around them and their own, such as <c>block/dense/kernel</c>.</summary>
/// <remarks>
/// Automatic layer names count over the whole session, so that the same model made twice has different ones. In files they are counted
/// anew within each layer: the first Dense of a layer is <c>dense</c>, the second <c>dense_1</c>. Names that were given stay.
/// </remarks>
internal static class WeightNames
{
    /// <summary>The weights by name: those of the layer itself, then those of the layers in it.</summary>
    public static List<(string Name, Variable Variable)> Of(Layer model)
    {
        var named = new List<(string, Variable)>();
        Collect(model, "", named, new(ReferenceEqualityComparer.Instance), new(ReferenceEqualityComparer.Instance));
        return named;
    }

    private static void Collect(
        Layer layer, string prefix, List<(string, Variable)> named, HashSet<Layer> seenLayers, HashSet<Variable> seenVariables)
    {
        seenLayers.Add(layer);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in layer.OwnVariables)
            if (seenVariables.Add(variable))
                named.Add((prefix + Unused(variable.Name, taken), variable));
        foreach (var inner in layer.SubLayers)
            if (!seenLayers.Contains(inner))
                Collect(inner, $"{prefix}{Unused(BaseName(inner), taken)}/", named, seenLayers, seenVariables);
    }

    private static string BaseName(Layer layer)
    {
        var automatic = layer.GetType() == typeof(Model) ? "functional" : Identifiers.ToSnakeCase(layer.GetType().Name);
        // Bidirectional names its two layers after the one it was given.
        var match = Regex.Match(layer.Name, $"^((forward_|backward_)?{Regex.Escape(automatic)})(_[0-9]+)?$", RegexOptions.CultureInvariant);
        return match.Success ? match.Groups[1].Value : layer.Name;
    }

    private static string Unused(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var count = 1; !taken.Add(name); count++)
            name = $"{wanted}_{count}";
        return name;
    }
}
