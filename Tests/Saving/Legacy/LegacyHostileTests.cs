using GpuKeras.Hdf5;
using GpuKeras.Layers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Legacy;

/// <summary>Older files that were made to do harm: each must end in a typed error, before memory is taken. HDF5's own attacks are tested in its room.</summary>
public class LegacyHostileTests
{
    private readonly List<string> written = [];

    [TearDown]
    public void DeleteFiles()
    {
        foreach (var path in written)
            File.Delete(path);
        written.Clear();
    }

    // In Keras the safe mode of .keras files was once not asked for .h5 ones (CVE-2025-9905).
    [TestCase("2.4.0")]
    [TestCase("3.15.1")]
    public void Lambda_IsRefused_WhateverTheFileSays(string version)
    {
        var path = Written(new LegacyH5Craft("""
            {"class_name": "Sequential", "safe_mode": false, "config": {"name": "s", "safe_mode": false, "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 1], "dtype": "float32", "name": "i"}},
              {"class_name": "Lambda", "config": {"name": "code", "trainable": true, "safe_mode": false, "function_type": "lambda",
               "function": {"class_name": "__lambda__", "config": {"code": "4wEAAAAAAAAA", "defaults": null, "closure": null}}}}]}}
            """, version));
        var error = Assert.Throws<ModelConfigException>(() => Model.Load(path))!;
        Assert.That(error.Message, Does.Contain("layers[1]").And.Contain("Lambda").And.Contain("code is not loaded"));
    }

    [TestCase("keras.layers", "Lambda")]
    [TestCase("os", "system")]
    [TestCase("System.Diagnostics", "Process")]
    public void Modules_InTheFile_AreNotLookedUp(string module, string className)
    {
        var path = Written(new LegacyH5Craft($$$"""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "InputLayer", "config": {"batch_shape": [null, 1], "dtype": "float32", "name": "i"}},
              {"module": "{{{module}}}", "class_name": "{{{className}}}", "config": {"name": "x", "function": "id"}, "registered_name": "{{{className}}}"}]}}
            """, "3.15.1"));
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(path))!.Message, Does.Contain(className));
    }

    [Test]
    public void Functions_InLossesAndMetrics_AreNotLookedUp()
    {
        var path = Written(new LegacyH5Craft(Dense(1), "2.4.0", """
            {"optimizer_config": {"class_name": "SGD", "config": {}}, "loss": {"class_name": "function", "config": "os.system", "module": "os"}}
            """).Layer("d", ("d/kernel:0", Tensor.Zeros([1, 1]))));
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(path))!.Message, Does.Contain("function"));
    }

    [Test]
    public void Json_Deep_IsRefused()
    {
        var path = Written(new LegacyH5Craft(string.Concat(Enumerable.Repeat("{\"config\":", 20_000))));
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(path))!.Message, Does.Contain("model_config"));
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"Sequential\"")]
    [TestCase("{")]
    [TestCase("")]
    public void Json_OfNoModel_IsRefused(string json)
    {
        var path = Written(new LegacyH5Craft(json));
        Assert.Throws<ModelConfigException>(() => Model.Load(path));
    }

    [Test]
    public void Weights_LargerThanTheFile_AreNotMade()
    {
        var path = Written(new LegacyH5Craft(Dense(2_000_000_000)).Layer("d", ("d/kernel:0", Tensor.Zeros([1, 1]))));
        var before = GC.GetTotalAllocatedBytes();
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(path))!.Message, Does.Contain("8,000,000,000 bytes"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(64 << 20));
    }

    [Test]
    public void Lists_ThatNameWhatIsNotThere_OrTwice_AreRefused()
    {
        Expect("'d/kernel:0'", craft => craft.Layer("d", ("d/kernel:0", Tensor.Zeros([1, 1]))), remove: "d/kernel:0");
        var twice = Written(new LegacyH5Craft(modelConfig: null) { NameList = ["d", "d"] }.Layer("d", ("d/kernel:0", Tensor.Zeros([1, 1]))));
        Assert.That(Assert.Throws<FileFormatException>(() => Load(twice))!.Message, Does.Contain("twice"));
        var missing = Written(new LegacyH5Craft(modelConfig: null) { NameList = ["../d"] }.Layer("d", ("d/kernel:0", Tensor.Zeros([1, 1]))));
        Assert.That(Assert.Throws<Hdf5Exception>(() => Load(missing))!.Message, Does.Contain("'../d'"));
        // The same array as a weight of two layers.
        var shared = Written(new LegacyH5Craft(modelConfig: null) { NameList = ["d", "d/inner"] }
            .Layer("d", ("inner/kernel", Tensor.Zeros([1, 1])))
            .Inside("d/inner", "kernel"));
        var model = new Sequential([new InputLayer([1]), new Dense(1, useBias: false), new Dense(1, useBias: false)]);
        Assert.That(Assert.Throws<FileFormatException>(() => model.LoadWeights(shared))!.Message, Does.Contain("two weights"));

        void Expect(string name, Action<LegacyH5Craft> add, string remove)
        {
            var craft = new LegacyH5Craft(modelConfig: null) { WithoutData = remove };
            add(craft);
            var path = Written(craft);
            Assert.That(Assert.Throws<Hdf5Exception>(() => Load(path))!.Message, Does.Contain(name));
        }
    }

    private static void Load(string path) => new Sequential([new InputLayer([1]), new Dense(1, useBias: false)]).LoadWeights(path);

    private static string Dense(int units) => $$$"""
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
          {"class_name": "Dense", "config": {"name": "d", "units": {{{units}}}, "use_bias": false, "batch_input_shape": [null, 1]}}]}}
        """;

    private string Written(LegacyH5Craft craft)
    {
        var path = craft.Write();
        written.Add(path);
        return path;
    }
}
