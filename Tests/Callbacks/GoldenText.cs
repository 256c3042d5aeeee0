using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

/// <summary>Text that Keras printed, from <c>../shared/golden</c>.</summary>
internal static class GoldenText
{
    /// <summary>A file of <c>text/</c>; without the folder the running test is ignored, with the reason.</summary>
    public static string Read(string file) => ReadFrom(Path.Combine("text", file));

    /// <summary>A file below the golden folder.</summary>
    public static string ReadFrom(string path)
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "golden", path);
            if (File.Exists(file))
                return File.ReadAllText(file);
        }
        throw new IgnoreException("The reference texts of ../shared/golden are not here.");
    }
}
