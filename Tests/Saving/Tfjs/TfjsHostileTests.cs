using System.Text.Json.Nodes;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Tfjs;

/// <summary>TensorFlow.js models that were made to do harm: each must end in a typed error, before memory is taken.</summary>
public class TfjsHostileTests
{
    private const string OneLayer = """
        {"class_name": "Sequential", "config": {"name": "s", "layers": [
          {"class_name": "Dense", "config": {"name": "d", "units": 1, "use_bias": false, "batch_input_shape": [null, 1]}}]}}
        """;

    private TfjsCraft craft = null!;

    [SetUp]
    public void MakeModel() => craft = new TfjsCraft().Converted(OneLayer);

    [TearDown]
    public void DeleteFolder() => craft.Dispose();

    [TestCase("../secret.bin")]
    [TestCase("sub/../../secret.bin")]
    [TestCase("/etc/passwd")]
    [TestCase("..\\\\secret.bin")]
    [TestCase("C:/secret.bin")]
    [TestCase("./weights.bin")]
    [TestCase("")]
    [TestCase("https://example.org/weights.bin")]
    [TestCase("weights\\u0000.bin")]
    public void Paths_OutOfTheFolder_AreNotOpened(string path)
    {
        var secret = Path.Combine(Path.GetDirectoryName(craft.Folder)!, "secret.bin");
        File.WriteAllBytes(secret, new byte[4]);
        try
        {
            Manifest($$"""[{"paths": ["{{path}}"], "weights": [{"name": "d/kernel", "shape": [1, 1], "dtype": "float32"}]}]""");
            Assert.That(Refusal(), Does.Contain("leads out of the model's folder"));
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Test]
    public void Links_AreNotFollowed()
    {
        var secret = Path.GetTempFileName();
        File.WriteAllBytes(secret, new byte[4]);
        File.CreateSymbolicLink(Path.Combine(craft.Folder, "link.bin"), secret);
        Directory.CreateSymbolicLink(Path.Combine(craft.Folder, "folder"), Path.GetDirectoryName(secret)!);
        foreach (var path in (string[])["link.bin", "folder/" + Path.GetFileName(secret)])
        {
            Manifest($$"""[{"paths": ["{{path}}"], "weights": [{"name": "d/kernel", "shape": [1, 1], "dtype": "float32"}]}]""");
            Assert.That(Refusal(), Does.Contain("links are not followed"), path);
        }
        File.Delete(secret);
    }

    [TestCase("missing.bin", "is not there")]
    [TestCase("sub", "is not there")]
    public void Files_ThatAreNone_AreNamed(string path, string problem)
    {
        Directory.CreateDirectory(Path.Combine(craft.Folder, "sub"));
        Manifest($$"""[{"paths": ["{{path}}"], "weights": []}]""");
        Assert.That(Refusal(), Does.Contain(path).And.Contain(problem));
    }

    [TestCase("[2000000000, 2000000000, 2000000000]", "impossible")]
    [TestCase("[1000000, 1000000]", "4000000000000 bytes")]
    [TestCase("[-1, 1]", "impossible")]
    [TestCase("[3000000000]", "2^31")]
    [TestCase("[1, 1, 1, 1, 1, 1, 1, 1, 1]", "axes")]
    [TestCase("[1.5]", "integer")]
    [TestCase("\"1\"", "list")]
    [TestCase("[2]", "8 bytes")]
    public void Shapes_ThatNoFileHolds_AreRefused(string shape, string problem)
    {
        File.WriteAllBytes(Path.Combine(craft.Folder, "w.bin"), new byte[4]);
        Manifest($$"""[{"paths": ["w.bin"], "weights": [{"name": "d/kernel", "shape": {{shape}}, "dtype": "float32"}]}]""");
        Assert.That(Refusal(), Does.Contain(problem));
    }

    [TestCase("string")]
    [TestCase("complex64")]
    [TestCase("float128")]
    public void DTypes_ThatAreNoWeights_AreNamed(string dtype)
    {
        File.WriteAllBytes(Path.Combine(craft.Folder, "w.bin"), new byte[4]);
        Manifest($$"""[{"paths": ["w.bin"], "weights": [{"name": "d/kernel", "shape": [1, 1], "dtype": "{{dtype}}"}]}]""");
        Assert.That(Refusal(), Does.Contain(dtype).And.Contain("float32, int32, bool"));
    }

    [TestCase("""{"dtype": "uint4", "scale": 1, "min": 0}""", "uint4")]
    [TestCase("""{"dtype": "uint8", "scale": "1", "min": 0}""", "scale")]
    [TestCase("""{"dtype": "uint8", "min": 0}""", "scale")]
    public void Quantisation_Malformed_IsRefused(string quantization, string problem)
    {
        File.WriteAllBytes(Path.Combine(craft.Folder, "w.bin"), new byte[1]);
        Manifest($$"""[{"paths": ["w.bin"], "weights": [{"name": "d/kernel", "shape": [1, 1], "dtype": "float32", "quantization": {{quantization}} }]}]""");
        Assert.That(Refusal(), Does.Contain(problem));
    }

    [TestCase("{}", "must be a list")]
    [TestCase("null", "must be a list")]
    [TestCase("[3]", "must be an object")]
    [TestCase("""[{"paths": ["w.bin", "w.bin"], "weights": []}]""", "named twice")]
    [TestCase("""[{"paths": ["w.bin"], "weights": [{"name": "a", "shape": [1, 1], "dtype": "float32"}, {"name": "a", "shape": [0], "dtype": "float32"}]}]""", "comes twice")]
    [TestCase("""[{"paths": [], "weights": [{"name": "a", "shape": [1], "dtype": "float32"}]}]""", "4 bytes")]
    public void Manifest_Malformed_IsRefused(string manifest, string problem)
    {
        File.WriteAllBytes(Path.Combine(craft.Folder, "w.bin"), new byte[4]);
        Manifest(manifest);
        Assert.That(Refusal(), Does.Contain(problem));
    }

    [Test]
    public void Weights_LargerThanTheFile_AreNotMade()
    {
        craft.Converted(OneLayer.Replace("\"units\": 1", "\"units\": 2000000000", StringComparison.Ordinal)).Weight("d/kernel", Tensor.Zeros([1, 1]));
        var path = craft.Write();
        var before = GC.GetTotalAllocatedBytes();
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(path))!.Message, Does.Contain("8,000,000,000 bytes"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(64 << 20));
    }

    [Test]
    public void Lambda_IsRefused_WhateverTheFileSays()
    {
        craft.Json["safe_mode"] = false;
        craft.Converted("""
            {"class_name": "Sequential", "safe_mode": false, "config": {"name": "s", "safe_mode": false, "layers": [
              {"class_name": "Lambda", "config": {"name": "code", "function": ["4wEAAAAAAAAA", null, null], "function_type": "lambda", "batch_input_shape": [null, 1]}}]}}
            """);
        var path = craft.Write();
        Assert.That(Assert.Throws<ModelConfigException>(() => Model.Load(path))!.Message, Does.Contain("Lambda").And.Contain("code is not loaded"));
    }

    [Test]
    public void Json_Deep_OrDouble_IsRefused()
    {
        var path = Path.Combine(craft.Folder, "model.json");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("{\"modelTopology\":", 100_000)));
        Assert.Throws<ModelConfigException>(() => Model.Load(path));
        File.WriteAllText(path, """{"format": "layers-model", "format": "graph-model"}""");
        Assert.Throws<ModelConfigException>(() => Model.Load(path));
        File.WriteAllText(path, "[]");
        Assert.Throws<ModelConfigException>(() => Model.Load(path));
        File.WriteAllText(path, """{"modelTopology": 3}""");
        Assert.Throws<FileFormatException>(() => Model.Load(path));
    }

    [Test]
    public void Names_ThatFitEverything_EndInTime()
    {
        // Each name is compared with each weight of the model, unless somebody counts.
        var layers = string.Join(',', Enumerable.Range(0, 6000).Select(static i =>
            $$$"""{"class_name": "Dense", "config": {"name": "d{{{i}}}", "units": 1, "use_bias": false {{{(i == 0 ? ", \"batch_input_shape\": [null, 1]" : "")}}} }}"""));
        craft.Converted("""{"class_name": "Sequential", "config": {"name": "s", "layers": [""" + layers + "]}}");
        for (var i = 0; i < 6000; i++)
            craft.Weight($"x{i}/gamma/kernel", Tensor.Zeros([1, 1]));
        var path = craft.Write();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<WeightsException>(() => Model.Load(path));
        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(20));
    }

    private void Manifest(string json) => craft.Json["weightsManifest"] = JsonNode.Parse(json);

    private string Refusal()
    {
        var path = craft.WriteJson();
        return Assert.Throws<FileFormatException>(() => Model.Load(path))!.Message;
    }
}
