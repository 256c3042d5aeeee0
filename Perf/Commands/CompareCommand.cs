using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using GpuKeras.Kernels;
using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Machine;
using GpuKeras.Perf.Peers;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Commands;

/// <summary><c>compare</c>: this library and others side by side, in one run.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var suites = new Option<string[]>("--suite")
        {
            Description = $"What to measure: {string.Join(',', Suites.Names)}, or some of them.",
            DefaultValueFactory = static _ => Suites.BesideOthers,
            CustomParser = ParseSuites,
        };
        var only = new Option<string?>("--only") { Description = "Measure only the workloads whose name contains this." };
        var quick = new Option<bool>("--quick") { Description = "A look within a minute: few and short windows, one process of each peer." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the rows to a file." };
        var device = new Option<string>("--device") { Description = "Where our side runs.", DefaultValueFactory = static _ => "cpu" };
        var python = new Option<string?>("--python") { Description = "The Python that has torch, if it is not found by itself." };
        var onnxRuntime = new Option<DirectoryInfo>("--onnxruntime")
        {
            Description = "The folder whose node_modules holds onnxruntime-node.",
            DefaultValueFactory = static _ => new DirectoryInfo("."),
        };
        var command = new Command("compare", "Measure this library and others side by side, in turns.")
        {
            suites, only, quick, json, device, python, onnxRuntime,
        };
        command.SetAction(parsed => Run(new Options(
            parsed.GetValue(suites)!,
            parsed.GetValue(only),
            parsed.GetValue(quick),
            parsed.GetValue(json),
            parsed.GetValue(device)!,
            parsed.GetValue(python),
            parsed.GetValue(onnxRuntime)!)));
        return command;
    }

    private static int Run(Options options)
    {
        var started = Stopwatch.GetTimestamp();
        if (options.Json is not null)
            ComparisonFile.Check(options.Json);
        using var device = Device.Use(options.Device);
        var selected = options.Suites.Select(suite => Suites.Workloads(suite)
            .Where(workload => workload.Name.Contains(options.Only ?? "", StringComparison.OrdinalIgnoreCase)).ToArray()).ToArray();
        if (selected.All(static workloads => workloads.Length == 0))
            throw new ArgumentException($"--only: no workload of {string.Join(", ", options.Suites)} has a name with '{options.Only}'");

        var settings = options.Quick ? CompareSettings.Quick : CompareSettings.Full;
        var ceilings = Ceilings.Measure();
        var report = new ComparisonReport();
        ComparisonReport.Machine(ceilings, options.Quick);
        // OpenCL on the CPU is also measured beside our own device there; what is large enough for a GPU would take too long.
        var run = new SuiteRun(settings, started, Device.Current.Kind == "cpu" || Scale.IsGpu ? [] : [new PeerCase(DevicePeer.Cpu)]);
        var rows = new List<ComparisonRow>();
        using var peers = new PeerSet(Peers(options, settings), report.Peer);
        foreach (var workloads in selected.Where(static workloads => workloads.Length > 0))
        {
            var results = run.Run(workloads, peers);
            ComparisonReport.Suite(results, ceilings);
            rows.AddRange(results.Select(static result => result.Row));
            // New processes for each suite: some are slow for life.
            if (!options.Quick)
                peers.StopAll();
        }
        ComparisonReport.Summary(rows, run.LeftOut);
        if (options.Json is not null)
            ComparisonFile.Write(options.Json, rows);
        foreach (var failure in run.Failures)
            Console.Error.WriteLine($"error: {failure}");
        return run.Failures.Count == 0 ? 0 : 1;
    }

    private static Dictionary<string, Func<IPeer>> Peers(Options options, CompareSettings settings) => new()
    {
        [OpenBlasPeer.PeerName] = () => new OpenBlasPeer(settings.Processes, HostThreads.Count),
        [TorchPeer.PeerName] = () => TorchPeer.Start(
            options.Python, settings.Processes, HostThreads.Count, Scale.IsGpu ? "cuda" : "cpu"),
        [DevicePeer.Cpu] = static () => new DevicePeer(DevicePeer.Cpu, Device.Get("cpu")),
        [DevicePeer.Ilgpu] = DevicePeer.StartIlgpu,
        [OnnxRuntimePeer.PeerName] = () => OnnxRuntimePeer.Start(options.OnnxRuntime.FullName, HostThreads.Count),
    };

    private static string[] ParseSuites(ArgumentResult result)
    {
        var names = result.Tokens.SelectMany(static token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct().ToArray();
        var unknown = names.Except(Suites.Names).ToArray();
        if (unknown.Length > 0 || names.Length == 0)
            result.AddError($"--suite: must be of {string.Join(", ", Suites.Names)}; got '{string.Join(", ", unknown)}'");
        return names;
    }

    private sealed record Options(
        string[] Suites, string? Only, bool Quick, FileInfo? Json, string Device, string? Python, DirectoryInfo OnnxRuntime);
}
