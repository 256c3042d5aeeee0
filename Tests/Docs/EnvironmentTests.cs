using System.Text.RegularExpressions;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Docs;

/// <summary>docs/environment.md and EngineOptions list the same variables, and nothing else reads the environment.</summary>
public partial class EnvironmentTests
{
    [Test]
    public void Documentation_ListsExactlyTheVariablesThatAreRead()
    {
        var code = File.ReadAllText(Repository.PathOf("Engine", "Diagnostics", "EngineOptions.cs"));
        var read = QuotedVariable().Matches(code).Select(static match => match.Groups[1].Value).Distinct().Order();
        var page = File.ReadAllText(Repository.PathOf("docs", "environment.md"));
        var listed = ListedVariable().Matches(page).Select(static match => match.Groups[1].Value).Order();
        Assert.That(listed, Is.EqualTo(read));
    }

    [Test]
    public void Environment_IsReadInOnePlace()
    {
        var readers = new[] { "Kernels", "Engine", "Api", "Cli" }
            .SelectMany(static room => Directory.GetFiles(Repository.PathOf(room), "*.cs", SearchOption.AllDirectories))
            .Where(static file => File.ReadAllText(file).Contains("GetEnvironmentVariable", StringComparison.Ordinal))
            .Select(Path.GetFileName);
        Assert.That(readers, Is.EqualTo(new[] { "EngineOptions.cs" }));
    }

    [GeneratedRegex("\"(GPUKERAS_[A-Z]+)\"")]
    private static partial Regex QuotedVariable();

    [GeneratedRegex("^\\| `(GPUKERAS_[A-Z]+)`", RegexOptions.Multiline)]
    private static partial Regex ListedVariable();
}
