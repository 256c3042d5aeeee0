using System.ComponentModel;
using System.Diagnostics;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>NVIDIA's PTX assembler, where there is one: named by <c>GPUKERAS_PTXAS</c>, or <c>ptxas</c> on the path.</summary>
internal static class Ptxas
{
    private static readonly string Program = Environment.GetEnvironmentVariable("GPUKERAS_PTXAS") ?? "ptxas";

    /// <summary>Why there is no assembler, or null.</summary>
    public static string? Missing { get; } = Find();

    /// <summary>Assembles a module; gives null, or what is wrong with it.</summary>
    /// <param name="file">The file with the module.</param>
    /// <param name="architecture">The device's compute capability times ten.</param>
    public static string? Assemble(string file, int architecture)
    {
        var (exitCode, output) = Run($"--gpu-name=sm_{architecture}", "--output-file", file + ".cubin", file);
        return exitCode == 0 ? null : output;
    }

    private static string? Find()
    {
        try
        {
            return Run("--version").ExitCode == 0 ? null : $"{Program} does not run";
        }
        catch (Win32Exception exception)
        {
            return $"no PTX assembler: {exception.Message}";
        }
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
