using System.Diagnostics;
using System.Text;

namespace GpuKeras.Tests.Support;

/// <summary>Another process that a test runs and reads.</summary>
public sealed class RunningProgram : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    /// <summary>Starts <c>dotnet</c> with the arguments.</summary>
    public RunningProgram(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? workingFolder = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = workingFolder ?? "",
        };
        // Variables of the test runner would change what the other process loads.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Output => Read(output);

    public string Errors => Read(errors);

    /// <summary>Waits for the end and returns the exit code; a process that takes longer is killed and is an error.</summary>
    public int WaitForExit(TimeSpan limit)
    {
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"still running after {limit}: {Output}{Errors}");
        }
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Waits until the output holds a text.</summary>
    public void WaitForOutput(string text, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (watch.Elapsed > limit || process.HasExited)
                throw new TimeoutException($"'{text}' did not appear in: {Output}{Errors}");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
