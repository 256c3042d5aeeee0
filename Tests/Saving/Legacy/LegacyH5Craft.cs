using GpuKeras.Hdf5;
using GpuKeras.Saving;

namespace GpuKeras.Tests.Saving.Legacy;

/// <summary>Makes <c>.h5</c> files as older versions of Keras wrote them, and others that nobody should have written.</summary>
internal sealed class LegacyH5Craft
{
    private readonly Hdf5GroupBuilder root = new();
    private readonly Hdf5GroupBuilder weights;
    private readonly List<string> names = [];

    public LegacyH5Craft(string? modelConfig, string? kerasVersion = "2.4.0", string? trainingConfig = null)
    {
        if (modelConfig is not null)
            root.AddAttribute("model_config", modelConfig);
        if (trainingConfig is not null)
            root.AddAttribute("training_config", trainingConfig);
        weights = modelConfig is null ? root : root.AddGroup("model_weights");
        if (kerasVersion is not null)
            weights.AddAttribute("keras_version", kerasVersion);
        if (kerasVersion is not null && modelConfig is not null)
            root.AddAttribute("keras_version", kerasVersion);
    }

    public string Backend { get; init; } = "tensorflow";

    /// <summary>Into how many attributes the list of layers is split; 1 for one without a number.</summary>
    public int NameParts { get; init; } = 1;

    /// <summary>A list of layers that is not that of the layers.</summary>
    public IReadOnlyList<string>? NameList { get; init; }

    /// <summary>A weight that is in its layer's list, but not in the file.</summary>
    public string? WithoutData { get; init; }

    public LegacyH5Craft Layer(string name, params (string Name, Tensor Value)[] values)
    {
        names.Add(name);
        Add(weights.AddGroup(name), values);
        return this;
    }

    /// <summary>Makes a group within a layer's to one of a layer of its own, with the arrays that it has.</summary>
    public LegacyH5Craft Inside(string path, params string[] weightNames)
    {
        path.Split('/').Aggregate(weights, static (group, name) => group.GetOrAddGroup(name)).AddAttribute("weight_names", weightNames);
        return this;
    }

    public LegacyH5Craft OptimizerState(params (string Name, Tensor Value)[] values)
    {
        Add(root.AddGroup("optimizer_weights"), values);
        return this;
    }

    public LegacyH5Craft TopLevel(params (string Name, Tensor Value)[] values)
    {
        Add(weights.AddGroup("top_level_model_weights"), values);
        return this;
    }

    /// <summary>Writes the file, whose name is that of the running test.</summary>
    public string Write(string ending = ".h5")
    {
        weights.AddAttribute("backend", Backend);
        if (NameParts == 1)
            weights.AddAttribute("layer_names", NameList ?? names);
        else
            foreach (var (i, part) in names.Chunk((names.Count + NameParts - 1) / NameParts).Index())
                weights.AddAttribute($"layer_names{i}", part);
        var path = Path.Combine(Path.GetTempPath(), $"gpukeras-{Guid.NewGuid():N}{ending}");
        using var stream = File.Create(path);
        Hdf5Writer.Write(stream, root);
        return path;
    }

    private void Add(Hdf5GroupBuilder group, (string Name, Tensor Value)[] values)
    {
        group.AddAttribute("weight_names", [.. values.Select(static value => value.Name)]);
        foreach (var (name, value) in values.Where(value => value.Name != WithoutData))
        {
            var parts = name.Split('/');
            var owner = parts[..^1].Aggregate(group, static (inner, part) => inner.GetOrAddGroup(part));
            var type = value.DType == DType.Int64 ? Hdf5Type.Int64 : value.DType == DType.Int32 ? Hdf5Type.Int32 : Hdf5Type.Float32;
            owner.AddDataset(parts[^1], type, [.. value.Shape.Select(static size => (long)size)], stream => TensorStream.Write(stream, value));
        }
    }
}
