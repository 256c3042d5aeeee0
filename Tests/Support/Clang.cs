using System.ComponentModel;
using System.Diagnostics;

namespace GpuKeras.Tests.Support;

/// <summary>Clang's OpenCL C front end, which most GPUs' compilers are made of: named by <c>GPUKERAS_CLANG</c>, or on the path.</summary>
internal static class Clang
{
    // Distributions put the version into the name.
    private static readonly string? Program = Environment.GetEnvironmentVariable("GPUKERAS_CLANG") is { } chosen
        ? Works(chosen) ? chosen : null
        : new[] { "clang" }.Concat(Enumerable.Range(14, 10).Select(static version => $"clang-{version}")).FirstOrDefault(Works);

    /// <summary>Whether there is one.</summary>
    public static bool IsPresent => Program is not null;

    /// <summary>What the compiler says to a file of OpenCL C 1.2, with its warnings: nothing if all is well.</summary>
    /// <remarks>Signed and unsigned numbers are converted to each other on purpose, and a block that only follows another needs no label.</remarks>
    public static string Check(string file) => Run(
        Program!, "-x", "cl", "-cl-std=CL1.2", "-Xclang", "-finclude-default-header", "-target", "spir64", "-fsyntax-only", "-Wall", "-Wextra",
        "-pedantic", "-Wconversion", "-Wno-sign-conversion", "-Wno-unused-label", "-Wno-unused-variable", "-fno-caret-diagnostics",
        file).Output;

    private static bool Works(string program)
    {
        try
        {
            return Run(program, "--version").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors + (process.ExitCode == 0 ? "" : output.Result));
    }
}
