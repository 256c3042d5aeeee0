using GpuKeras.Callbacks;
using GpuKeras.Hdf5;
using GpuKeras.Optimizers;

namespace GpuKeras.Saving;

/// <summary>Weights in Keras' HDF5 file, alone or in a <c>.keras</c> archive: listed when it is opened, read when they are asked for.</summary>
internal sealed class KerasWeightsReader : IDisposable
{
    private readonly string name;
    private readonly Hdf5File file;
    private readonly List<StoredWeight> stored = [];
    private readonly List<(string Path, string Name)> objects = [];

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">It is not an HDF5 file, it is damaged, or it holds what no weight is.</exception>
    public KerasWeightsReader(string path)
        : this(path, Hdf5File.Open(path))
    {
    }

    /// <summary>Opens a file within a stream that can seek, and which is closed with it.</summary>
    /// <inheritdoc cref="KerasWeightsReader(string)"/>
    public KerasWeightsReader(Stream stream, string name)
        : this(name, Hdf5File.Open(stream, name))
    {
    }

    private KerasWeightsReader(string name, Hdf5File file)
    {
        (this.name, this.file) = (name, file);
        try
        {
            Collect(file.Root);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The weights by path, such as <c>layers/dense/vars/0</c>; without the state of random generators, which older versions kept.</summary>
    public IReadOnlyList<StoredWeight> Stored => stored;

    /// <summary>The objects that the file names: paths, such as <c>layers/dense</c>, with the objects' names.</summary>
    public IReadOnlyList<(string Path, string Name)> Objects => objects;

    /// <summary>The number of elements of all weights together.</summary>
    public long Elements => stored.Sum(static weight => weight.Elements);

    /// <summary>Reads everything into a model and its optimizer.</summary>
    /// <param name="model">The model, which is built.</param>
    /// <param name="buildOptimizer">Whether an optimizer without slots gets them if the file holds them; otherwise it keeps its state, with a warning.</param>
    /// <exception cref="WeightsException">Paths, shapes or dtypes differ; nothing has changed.</exception>
    public void Load(Model model, bool buildOptimizer)
    {
        var nodes = Matching(model);
        var wanted = new List<(string Name, Variable Variable)>();
        var available = stored.ToDictionary(static weight => weight.Name, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            // Optimizers that are no model's are state as well, and may have their slots or not.
            if (node.Owner is Optimizer optimizer && !Fits(optimizer, node, model, buildOptimizer))
                continue;
            var variables = node.Owner is Optimizer state ? state.Variables : node.Variables;
            for (var i = 0; i < variables.Count; i++)
                wanted.Add((node.VariablePath(i), variables[i]));
        }
        var optional = nodes.Where(static node => node.Owner is Optimizer).Select(static node => node.VariablesPath).Append("optimizer/vars").ToList();
        var names = wanted.Select(static weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        WeightsFile.Load(
            name, model.Name, wanted, stored.Where(weight => names.Contains(weight.Name) || !optional.Contains(ParentOf(weight.Name))).Select(Narrowed));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // C# programs begin private fields with an underscore by style, Python programs by meaning: what the file has decides.
    private IReadOnlyList<SavedNode> Matching(Model model)
    {
        var paths = stored.Select(static weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        var usual = SavedTree.Of(model);
        if (HasAll(usual))
            return usual;
        var kept = SavedTree.Of(model, UnderscoreNaming.Kept);
        return HasAll(kept) ? kept : usual;

        bool HasAll(IReadOnlyList<SavedNode> nodes) => nodes.Where(static node => node.Owner is not Optimizer)
            .All(node => Enumerable.Range(0, node.Variables.Count).All(i => paths.Contains(node.VariablePath(i))));
    }

    private bool Fits(Optimizer optimizer, SavedNode node, Model model, bool build)
    {
        var count = stored.Count(weight => ParentOf(weight.Name) == node.VariablesPath);
        if (count == 0)
            return false;
        if (build && !optimizer.Built && count != optimizer.Variables.Count && model.IsCompiled && ReferenceEquals(optimizer, model.Optimizer))
            optimizer.Build(model.TrainableVariables);
        if (count == optimizer.Variables.Count)
            return true;
        Warnings.Write(
            $"Skipping variable loading for optimizer '{optimizer.Name}', because it has {optimizer.Variables.Count} variables " +
            $"whereas the saved optimizer has {count} variables.");
        return false;
    }

    private void Collect(Hdf5Group group)
    {
        if (group.Path.EndsWith("/vars", StringComparison.Ordinal) && group.FindAttribute("name") is { } named)
            objects.Add((ParentOf(group.Path[1..]), named.ReadString()));
        // By number, not as the file has them: 2 before 10.
        foreach (var member in group.Members.OrderBy(static member => member.Path, Comparer<string>.Create(CompareNumbered)))
            if (member is Hdf5Group inner)
                Collect(inner);
            else if (member is Hdf5Dataset dataset && !member.Path.Contains("seed_generator/", StringComparison.Ordinal))
                stored.Add(Hdf5Weights.Describe(name, dataset));
    }

    private static StoredWeight Narrowed(StoredWeight weight) =>
        ParentOf(weight.Name).EndsWith("optimizer/vars", StringComparison.Ordinal) ? weight.Narrowed() : weight;

    private static int CompareNumbered(string a, string b) =>
        a.Length != b.Length && IsNumber(a) && IsNumber(b) ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    private static bool IsNumber(string path) => path.AsSpan(path.LastIndexOf('/') + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
