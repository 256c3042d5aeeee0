using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>Where Keras keeps the variables of a model in its files: a walk over the attributes of each object.</summary>
/// <remarks>
/// Sequential and functional models save <c>layers</c> first; otherwise attributes come in alphabetical order, private ones last. Entries of
/// collections are called after their classes, with _1, _2, … per collection, never after the layers' names. What is reached twice is
/// saved where it was reached first. So the paths depend on the program alone, not on the session.
/// </remarks>
internal sealed class SavedTree
{
    private readonly UnderscoreNaming naming;
    private readonly List<SavedNode> nodes = [];
    private readonly HashSet<object> visited = new(ReferenceEqualityComparer.Instance);

    private SavedTree(UnderscoreNaming naming) => this.naming = naming;

    /// <summary>The objects in the order in which Keras visits them, those without variables too.</summary>
    /// <param name="model">The model.</param>
    /// <param name="naming">How leading underscores of fields are taken.</param>
    /// <exception cref="InvalidOperationException">A weight is in no attribute, so that no path leads to it.</exception>
    public static IReadOnlyList<SavedNode> Of(Model model, UnderscoreNaming naming = UnderscoreNaming.Ignored)
    {
        var tree = new SavedTree(naming);
        tree.Visit(model, "");
        tree.CheckComplete(model);
        return tree.nodes;
    }

    private void Visit(object item, string path)
    {
        if (!visited.Add(item))
            return;
        if (item is Optimizer optimizer)
        {
            nodes.Add(new(path, optimizer, optimizer.Name, optimizer.Variables));
            return;
        }
        var layer = (Layer)item;
        nodes.Add(new(path, layer, layer.Name, layer.OrderedOwnVariables));
        foreach (var (name, value) in AttributesOf(layer))
            VisitValue(value, Join(path, name));
        foreach (var (attribute, name) in layer.StatelessParts)
            nodes.Add(new(Join(path, attribute), null, name, []));
    }

    private List<(string Name, object? Value)> AttributesOf(Layer layer)
    {
        var attributes = SavedAttributes.Of(layer, naming);
        if (layer is not Model model)
            return attributes;
        if (model.IsCompiled)
            attributes.Add(("optimizer", model.Optimizer));
        attributes.Add(("layers", model.Layers));
        attributes = [.. attributes.OrderBy(static attribute => attribute.Name, SavedAttributes.Order)];
        // Keras knows these two kinds, and keeps their own list ahead of what a subclass has besides.
        if (model.IsGraph)
            attributes.Insert(0, ("layers", model.Layers));
        return attributes;
    }

    private void VisitValue(object? value, string path)
    {
        if (value is Layer or Optimizer)
            Visit(value, path);
        else if (SavedAttributes.AsContainer(value) is { } container && visited.Add(value!))
            VisitContainer(container, path);
    }

    private void VisitContainer(System.Collections.IEnumerable container, string path)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in container)
            if (entry is Layer or Optimizer)
                Visit(entry, Join(path, Unique(Identifiers.ToSnakeCase(ClassName(entry.GetType())), used)));
            else if (SavedAttributes.AsContainer(entry) is not null)
                VisitValue(entry, Join(path, Unique("container", used)));
    }

    private void CheckComplete(Model model)
    {
        var reached = nodes.SelectMany(static node => node.Variables).ToHashSet(ReferenceEqualityComparer.Instance);
        if (model.Weights.FirstOrDefault(weight => !reached.Contains(weight)) is { } lost)
            throw new InvalidOperationException(
                $"model '{model.Name}': no field leads to its weight '{lost.Path}', so that it has no place in Keras' files. " +
                "Hint: keep every layer in a field, a list or a dictionary of the layer that uses it, or save as .safetensors.");
    }

    private static string ClassName(Type type) => type == typeof(Model) ? "Functional" : KerasTypes.ClassName(type);

    private static string Unique(string name, Dictionary<string, int> used)
    {
        if (used.TryAdd(name, 0))
            return name;
        return $"{name}_{++used[name]}";
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
