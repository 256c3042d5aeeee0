using System.Text;
using GpuKeras.Hdf5;
using GpuKeras.Saving;
using GpuKeras.Tests.Hdf5;
using GpuKeras.Tests.Saving.Legacy;
using GpuKeras.Tests.Saving.Tfjs;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>The readers of all file formats, each with small good files of many kinds.</summary>
internal static class FuzzTargets
{
    /// <summary>All of them; their shares are 100,000 together.</summary>
    public static IEnumerable<FuzzTarget> All => [Hdf5(), Npy(), Npz(), Safetensors(), ModelJson(), WeightsH5(), KerasFile(), OldH5(), Tfjs()];

    private static FuzzTarget Hdf5()
    {
        byte[][] seeds = [OurHdf5(), Hdf5Samples.Chunked, Hdf5Samples.New, Hdf5Samples.Types, Hdf5Samples.Links, Hdf5Samples.NewLinks, Hdf5Samples.Virtual];
        return new FuzzTarget("hdf5", 41_000, seeds, new Hdf5Mutator(seeds), static (bytes, _) => Hdf5Walk.Read(bytes), static error => error is FileFormatException);
    }

    private static FuzzTarget Npy()
    {
        byte[][] seeds = [.. Tensors.Select(tensor => Saved("a.npy", path => GpuKeras.Saving.Npy.Save(path, tensor)))];
        return new FuzzTarget("npy", 10_000, seeds, new ByteMutator(seeds), FromFile(static path => GpuKeras.Saving.Npy.Load(path).Dispose()), static error => error is FileFormatException);
    }

    private static FuzzTarget Npz()
    {
        byte[][] seeds =
        [
            .. new[] { false, true }.Select(static compress => Saved("a.npz", path => GpuKeras.Saving.Npz.Save(path, Named, compress))),
        ];
        return new FuzzTarget(
            "npz", 8_000, seeds, new ZipMutator(seeds, _ => new ByteMutator(seeds)),
            FromFile(static path => Dispose(GpuKeras.Saving.Npz.Load(path).Values)), static error => error is FileFormatException);
    }

    private static FuzzTarget Safetensors()
    {
        byte[][] seeds =
        [
            Saved("a.safetensors", static path => GpuKeras.Saving.Safetensors.Save(path, Named)),
            Saved("a.safetensors", static path => GpuKeras.Saving.Safetensors.Save(path, [])),
        ];
        return new FuzzTarget(
            "safetensors", 20_000, seeds, new SafetensorsMutator(seeds),
            FromFile(static path => Dispose(GpuKeras.Saving.Safetensors.Load(path).Values)), static error => error is FileFormatException);
    }

    private static FuzzTarget ModelJson()
    {
        byte[][] seeds = [.. FuzzModels.Configurations.Select(Encoding.UTF8.GetBytes)];
        // As from a file: weights take no more than the file could fill.
        var loading = new ModelLoading { InitializeWeights = false, MaxWeightBytes = 1 << 20 };
        return new FuzzTarget(
            "model-json", 10_000, seeds, new JsonMutator(seeds),
            (bytes, _) => ModelConfig.Deserialize(KerasJson.Parse(Encoding.UTF8.GetString(bytes)), loading),
            static error => error is ModelConfigException);
    }

    private static FuzzTarget WeightsH5()
    {
        var model = FuzzModels.Plain();
        byte[][] seeds = [Saved("w.weights.h5", model.SaveWeights)];
        byte[][] others = [.. seeds, Saved("w.weights.h5", FuzzModels.All[1].SaveWeights)];
        // One for each thread: what is loaded replaces what was loaded before.
        var own = new ThreadLocal<Sequential>(FuzzModels.Plain);
        return new FuzzTarget(
            "weights-h5", 4_000, seeds, new Hdf5Mutator(others), FromFile(path => own.Value!.LoadWeights(path), ".weights.h5"),
            static error => error is FileFormatException or WeightsException);
    }

    private static FuzzTarget KerasFile()
    {
        byte[][] seeds = [.. FuzzModels.All.Select(model => Saved("m.keras", path => model.Save(path, new FixedClock(2026, 1, 2))))];
        byte[][] Entries(string name) => [.. seeds.Select(seed => ZipMutator.Unpack(seed)!.Single(entry => entry.Name == name).Content)];
        var (json, weights, bytes) = (new JsonMutator(Entries("config.json")), new Hdf5Mutator(Entries("model.weights.h5")), new ByteMutator(seeds));
        return new FuzzTarget(
            "keras", 3_000, seeds, new ZipMutator(seeds, name => name.EndsWith(".json", StringComparison.Ordinal) ? json : name.EndsWith(".h5", StringComparison.Ordinal) ? weights : bytes),
            FromFile(static path => Model.Load(path), ".keras"), static error => error is FileFormatException or ModelConfigException or WeightsException);
    }

    private static FuzzTarget OldH5()
    {
        const string Training = """{"optimizer_config": {"class_name": "SGD", "config": {"learning_rate": 0.1}}, "loss": "mse", "metrics": ["mae"]}""";
        byte[][] seeds =
        [
            Saved("m.h5", static path => File.Move(
                new LegacyH5Craft(FuzzModels.OldConfiguration, trainingConfig: Training).Layer("d", ("d/kernel:0", Tensor.Ones([3, 2])), ("d/bias:0", Tensor.Ones([2]))).Write(), path)),
        ];
        return new FuzzTarget(
            "old-h5", 2_000, seeds, new Hdf5Mutator(seeds), FromFile(static path => Model.Load(path), ".h5"),
            static error => error is FileFormatException or ModelConfigException or WeightsException);
    }

    private static FuzzTarget Tfjs()
    {
        using var craft = new TfjsCraft().Converted(FuzzModels.OldConfiguration).Weight("d/kernel", Tensor.Ones([3, 2])).Weight("d/bias", Tensor.Ones([2]));
        byte[][] seeds = [File.ReadAllBytes(craft.Write())];
        var shard = File.ReadAllBytes(Directory.GetFiles(craft.Folder, "*.bin").Single());
        return new FuzzTarget(
            "tfjs", 2_000, seeds, new JsonMutator(seeds),
            (bytes, path) =>
            {
                var folder = Directory.CreateDirectory(path + ".tfjs").FullName;
                File.WriteAllBytes(Path.Combine(folder, "group1-shard1of1.bin"), shard);
                File.WriteAllBytes(Path.Combine(folder, "model.json"), bytes);
                Model.Load(Path.Combine(folder, "model.json"));
            },
            static error => error is FileFormatException or ModelConfigException or WeightsException);
    }

    private static Tensor[] Tensors =>
    [
        Tensor.Ones([2, 3]), Tensor.Ones([]), Tensor.Ones([0, 4]), Tensor.Ones([3], DType.Int32), Tensor.Ones([1, 2, 2], DType.Float64),
        Tensor.Ones([5], DType.UInt8), Tensor.Ones([2], DType.Bool), Tensor.Ones([2], DType.Int64),
    ];

    private static IEnumerable<KeyValuePair<string, Tensor>> Named =>
        Tensors.Select(static (tensor, i) => KeyValuePair.Create($"layer/{i}", tensor));

    private static byte[] OurHdf5() => CraftedFile.With(static root =>
    {
        root.AddAttribute("layer_names", ["dense", "dense_1", ""]);
        root.AddAttribute("backend", "csharp");
        var group = root.AddGroup("layers");
        for (var i = 0; i < 12; i++)
            CraftedFile.AddFloats(group.AddGroup($"dense_{i}").AddGroup("vars"), "0", 2, i % 3);
        root.AddDataset("flags", Hdf5Type.Boolean, [3], static stream => stream.Write([0, 1, 1])).AddAttribute("dtype", "bool");
        root.AddDataset("fixed", Hdf5Type.FixedString(4), [2], static stream => stream.Write("one\0four"u8));
    }).Bytes;

    private static byte[] Saved(string name, Action<string> save)
    {
        using var folder = new TemporaryFolder();
        save(folder.File(name));
        return File.ReadAllBytes(folder.File(name));
    }

    private static Action<byte[], string> FromFile(Action<string> read, string ending = "") => (bytes, path) =>
    {
        File.WriteAllBytes(path + ending, bytes);
        read(path + ending);
    };

    private static void Dispose(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
