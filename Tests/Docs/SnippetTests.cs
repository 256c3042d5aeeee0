using System.Text.RegularExpressions;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Docs;

/// <summary>The code in the pages on how to add things is the project's own, so that it is compiled and tested.</summary>
public partial class SnippetTests
{
    [TestCase("adding-a-device.md")]
    [TestCase("adding-an-op.md")]
    public void CodeInThePage_IsTheProjects(string page)
    {
        var sources = new[] { "Kernels", "Engine", "Tests" }
            .SelectMany(static room => Directory.GetFiles(Repository.PathOf(room), "*.cs", SearchOption.AllDirectories))
            .Select(static file => Trimmed(File.ReadAllText(file)))
            .ToArray();
        var snippets = Snippet().Matches(File.ReadAllText(Repository.PathOf("docs", page))).Select(static match => match.Groups[1].Value).ToArray();
        Assert.That(snippets, Is.Not.Empty);
        foreach (var snippet in snippets)
            Assert.That(sources.Any(source => source.Contains(Trimmed(snippet), StringComparison.Ordinal)), $"in no source file:\n{snippet}");
    }

    // Indentation depends on where the code stands.
    private static string Trimmed(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim())).Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
