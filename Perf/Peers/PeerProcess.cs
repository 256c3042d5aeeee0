using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Peers;

/// <summary>A child process that runs one of the peers' scripts: a line asks, a line of JSON answers. Waiting for a line it is idle.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly List<string> errors = [];
    private readonly TaskCompletionSource errorsEnd = new();

    /// <summary>Starts a program and waits until it has told what it is.</summary>
    /// <exception cref="PeerAbsentException">It does not start, or ends without a word.</exception>
    public PeerProcess(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new PeerAbsentException($"{program} does not start: {exception.Message}", exception);
        }
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
        try
        {
            Description = (string?)Read()["description"] ?? "";
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What runs in the process, with its version.</summary>
    public string Description { get; }

    /// <summary>Makes a case ready to be measured.</summary>
    public Evidence Prepare(string name, int trainingSteps) =>
        Ask($"prepare {name} {trainingSteps}").Deserialize<Evidence>()!;

    /// <summary>The median time of a call in milliseconds.</summary>
    public double Measure(string name, TimeSpan window, int minimumCalls) =>
        (double)Ask(string.Create(CultureInfo.InvariantCulture, $"measure {name} {window.TotalSeconds} {minimumCalls}"))["ms"]!;

    /// <summary>Lets go of everything prepared.</summary>
    public void Forget() => Ask("forget");

    public void Dispose()
    {
        try
        {
            // It ends when its input does.
            process.StandardInput.Close();
            if (!process.WaitForExit(LastWords))
                process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended already.
        }
        process.Dispose();
    }

    private JsonNode Ask(string line)
    {
        try
        {
            process.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
        }
        catch (IOException exception)
        {
            throw Ended(exception);
        }
        return Read();
    }

    private JsonNode Read()
    {
        var reading = process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new PeerAbsentException($"no answer within {Patience.TotalSeconds:F0} s");
        }
        var answer = JsonNode.Parse(reading.Result ?? throw Ended(null))!;
        return (string?)answer["error"] is { } error ? throw new PeerAbsentException(error) : answer;
    }

    private PeerAbsentException Ended(Exception? inner)
    {
        // What it wrote last may come after its end.
        errorsEnd.Task.Wait(LastWords);
        lock (errors)
            return new PeerAbsentException(errors.Count == 0 ? "its process ended" : errors[^1], inner);
    }

    private void Remember(string? line)
    {
        if (line is null)
            errorsEnd.TrySetResult();
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (errors)
            errors.Add(line.Trim());
    }
}
