using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Files of the project that tests read.</summary>
public static class Repository
{
    /// <summary>The project's root: the folder with GpuKeras.sln above the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the project.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "GpuKeras.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("no folder above the tests holds GpuKeras.sln");
    }
}
