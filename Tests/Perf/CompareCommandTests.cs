using System.Text.Json;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary><c>compare</c> as a process, on a machine without peers.</summary>
public class CompareCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Test]
    public void Compare_WithoutPeers_MeasuresOursNamesTheHintsAndWritesRows()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("rows.json");
        using var compare = Run(
            "--quick", "--only", "mlp", "--suite", "train,infer", "--python", "no-such-python", "--onnxruntime", folder.FullName, "--json", file);
        Assert.That(compare.WaitForExit(Limit), Is.Zero, compare.Errors);
        Assert.That(compare.Output, Does.Contain("logical cores").And.Contain("GFLOP/s").And.Contain(".NET 10"));
        Assert.That(compare.Output, Does.Contain("torch: absent").And.Contain("apt-get install python3-torch"));
        Assert.That(compare.Output, Does.Contain("onnxruntime: absent").And.Contain("npm i onnxruntime-node"));
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var rows = json.RootElement.EnumerateArray().Select(static row => $"{row.GetProperty("suite")} {row.GetProperty("name")} {row.GetProperty("peer")}");
        Assert.That(rows, Is.EqualTo(new[] { "train mlp torch", "infer mlp onnxruntime", "infer mlp torch" }));
        Assert.That(json.RootElement.EnumerateArray().Select(static row => row.GetProperty("ours_ms").GetDouble()), Is.All.GreaterThan(0));
    }

    [TestCase("--suite", "gemm,fast", "gemm, elementwise, train, infer")]
    [TestCase("--device", "cuda:7", "cuda:7")]
    [TestCase("--only", "no-such-workload", "no-such-workload")]
    [TestCase("--json", "no-such-folder/rows.json", "no-such-folder")]
    public void BadOption_SaysWhichAndMeasuresNothing(string option, string value, string inMessage)
    {
        using var compare = Run("--quick", option, value);
        Assert.That(compare.WaitForExit(Limit), Is.EqualTo(1));
        Assert.That(compare.Errors, Does.Contain(inMessage));
        Assert.That(compare.Output, Does.Not.Contain("machine:"));
    }

    private static RunningProgram Run(params string[] arguments) =>
        new([Path.Combine(TestContext.CurrentContext.TestDirectory, "GpuKeras.Perf.dll"), "compare", .. arguments]);
}
