using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Cli;

/// <summary><c>gpukeras inspect</c> as a process: what it prints, and its errors.</summary>
[Parallelizable]
public sealed class InspectCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Inspect_ModelOfKeras_SummaryCompileConfigurationAndWeights()
    {
        using var inspect = Run(GoldenFiles.PathOf("models/01_mlp_bn_dropout/model.keras"));
        Assert.That(inspect.WaitForExit(Limit), Is.Zero, inspect.Errors);
        Assert.That(inspect.Output, Does.Contain("Total params: 1,107").And.Contain("input features").And.Contain("(None, 3)"));
        Assert.That(inspect.Output, Does.Contain("Adam(learning_rate=").And.Contain("sparse_categorical_crossentropy"));
        Assert.That(inspect.Output, Does.Match(@"layers/dense/vars/0 +│ \(10, 32\) +│ float32 │ +-\d\.\d+ │ +\d\.\d+ │"));
    }

    [Test]
    public void Inspect_ClassesOfAnotherProgram_NamedAndTheRestShown()
    {
        using var inspect = Run(GoldenFiles.PathOf("models/09_subclass/model.keras"));
        Assert.That(inspect.WaitForExit(Limit), Is.Zero, inspect.Errors);
        Assert.That(inspect.Output, Does.Contain("heldout>ResMLP").And.Contain("blocks/res_block_2/vars/0").And.Contain("AdamW("));
    }

    [Test]
    public void Inspect_Safetensors_Weights()
    {
        Safetensors.Save(folder.File("w.safetensors"), [new("[name]", Tensor.From(1f, float.NaN))]);
        using var inspect = Run(folder.File("w.safetensors"));
        Assert.That(inspect.WaitForExit(Limit), Is.Zero, inspect.Errors);
        Assert.That(inspect.Output, Does.Match(@"\[name\] +│ \(2,\) +│ float32 │ +1 │ +1 │ +1 │ +0 │ +1 │"));
    }

    [TestCase("missing.keras", "missing.keras")]
    [TestCase("model.onnx", "known are .keras")]
    [TestCase("broken.keras", "zip archive")]
    public void Inspect_BadFile_OneLineAndAnExitCode(string name, string inMessage)
    {
        folder.Write("broken.keras", [1, 2, 3]);
        using var inspect = Run(folder.File(name));
        Assert.That(inspect.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(inspect.Errors, Does.StartWith("error: ").And.Contain(inMessage));
    }

    private static RunningProgram Run(string path) =>
        new([Path.Combine(TestContext.CurrentContext.TestDirectory, "GpuKeras.Cli.dll"), "inspect", path]);
}
