using System.Text.Json;
using GpuKeras.Perf.Compare;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary>The rows as JSON.</summary>
public class ComparisonFileTests
{
    private static readonly ComparisonRow[] Rows =
    [
        new("gemm", "sq64", "openblas", 0.004, 0.005),
        new("train", "mlp \"b128\"", "torch", 1.25, null),
    ];

    [Test]
    public void Format_HasExactlyTheSixProperties()
    {
        Assert.That(
            ComparisonFile.Format(Rows[0]),
            Is.EqualTo("""{"suite":"gemm","name":"sq64","peer":"openblas","ours_ms":0.004,"peer_ms":0.005,"ratio":1.25}"""));
    }

    [Test]
    public void Write_ReplacesTheFileAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        var file = new FileInfo(folder.Write("rows.json", "old"u8.ToArray()));
        ComparisonFile.Write(file, Rows);
        using var json = JsonDocument.Parse(File.ReadAllText(file.FullName));
        Assert.That(json.RootElement.GetArrayLength(), Is.EqualTo(2));
        Assert.That(json.RootElement[1].GetProperty("name").GetString(), Is.EqualTo(Rows[1].Name));
        Assert.That(json.RootElement[1].GetProperty("peer_ms").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.RootElement[1].GetProperty("ratio").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(folder.FileNames, Is.EqualTo(new[] { "rows.json" }));
    }

    [Test]
    public void Check_NoFolderOrAFolder_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var missing = new FileInfo(Path.Combine(folder.FullName, "none", "rows.json"));
        Assert.That(() => ComparisonFile.Check(missing), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("none"));
        Assert.That(() => ComparisonFile.Check(new FileInfo(folder.FullName)), Throws.TypeOf<IOException>().With.Message.Contains("is a folder"));
    }
}
