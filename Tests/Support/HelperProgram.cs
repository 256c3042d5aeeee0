using System.ComponentModel;
using System.Diagnostics;

namespace GpuKeras.Tests.Support;

/// <summary>Programs of the system that a test compares with.</summary>
public static class HelperProgram
{
    /// <summary>Whether a program can be started.</summary>
    public static bool IsPresent(string program) => Start(program, ["--version"], out _, out _) is not null;

    /// <summary>Runs a program to its end; false if it is absent or ends with an error.</summary>
    public static bool TryRun(string program, string[] arguments, out string output, out string errors) =>
        Start(program, arguments, out output, out errors) == 0;

    private static int? Start(string program, string[] arguments, out string output, out string errors)
    {
        output = errors = "";
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var standardErrors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd();
            errors = standardErrors.Result;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception absent)
        {
            errors = absent.Message;
            return null;
        }
    }
}
