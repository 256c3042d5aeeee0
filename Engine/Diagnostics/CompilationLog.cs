namespace GpuKeras;

/// <summary>What <c>GPUKERAS_DEBUG</c> and <c>GPUKERAS_DUMP</c> give of kernels that are compiled.</summary>
internal static class CompilationLog
{
    private const int SourceLevel = 4;

    /// <summary>Reports generated code.</summary>
    /// <param name="device">What it is for.</param>
    /// <param name="kernel">The kernel's name in it.</param>
    /// <param name="extension">The language: <c>cl</c> or <c>ptx</c>.</param>
    /// <param name="code">The code.</param>
    public static void Write(string device, string kernel, string extension, string code)
    {
        if (EngineOptions.Debug >= (extension == "ptx" ? SourceLevel + 1 : SourceLevel))
            Console.Error.WriteLine($"{device}: {kernel}\n{code}");
        Dump($"{kernel}.{extension}", code);
    }

    /// <summary>Keeps a report on a kernel at which the compiler failed.</summary>
    /// <param name="kernel">The kernel's name.</param>
    /// <param name="report">All that is known.</param>
    /// <returns>The file; null where none is asked for.</returns>
    public static string? WriteDefect(string kernel, string report) => Dump($"{kernel}.defect.txt", report);

    /// <summary>Gives what the driver's compiler says of a kernel that it has built: registers, shared memory, spills.</summary>
    /// <param name="device">What it is for.</param>
    /// <param name="kernel">The kernel's name.</param>
    /// <param name="report">The compiler's words.</param>
    public static void WriteReport(string device, string kernel, string report)
    {
        if (EngineOptions.Debug >= SourceLevel && report.Length > 0)
            Console.Error.WriteLine($"{device}: {kernel}: {report.Trim()}");
    }

    private static string? Dump(string name, string text)
    {
        if (EngineOptions.DumpFolder is not { } folder)
            return null;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
