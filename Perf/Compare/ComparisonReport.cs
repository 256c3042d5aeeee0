using System.Globalization;
using GpuKeras.Perf.Machine;
using GpuKeras.Perf.Workloads;
using Spectre.Console;

namespace GpuKeras.Perf.Compare;

/// <summary>Prints a comparison: machine, ceilings, peers, and a table for each suite.</summary>
internal sealed class ComparisonReport
{
    // In a file or a pipe there is no window to fit.
    private const int WidthWithoutTerminal = 120;

    private readonly HashSet<(string Peer, string Text)> told = [];

    public ComparisonReport()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
    }

    public static void Machine(Ceilings ceilings, bool quick)
    {
        Console.WriteLine($"machine: {MachineDescription.Processor()}, {Environment.ProcessorCount} logical cores");
        Console.WriteLine($"device:  {Device.Current.Name} ({Device.Current.Description})");
        Console.WriteLine($"runtime: {MachineDescription.Runtime()}");
        Console.WriteLine(
            $"ceiling: {Giga(ceilings.FlopsOne)} GFLOP/s and {Giga(ceilings.BytesOne)} GB/s (copy) on 1 thread, "
            + $"{Giga(ceilings.FlopsAll)} and {Giga(ceilings.BytesAll)} on {ceilings.Threads}");
        if (quick)
            Console.WriteLine("quick:   few and short windows, one process of each peer; figures to quote come from a run without --quick");
    }

    /// <summary>Says once what a peer is, or why it is absent.</summary>
    public void Peer(string name, string text)
    {
        if (told.Add((name, text)))
            Console.WriteLine($"{name}: {text}");
    }

    public static void Suite(IReadOnlyList<(Workload Workload, ComparisonRow Row)> rows, Ceilings ceilings)
    {
        if (rows.Count == 0)
            return;
        // What a GPU computes at most nobody has measured: there a product's limit is the peer's time.
        double? flops = Scale.IsGpu ? null : ceilings.FlopsAll;
        var bytes = rows.Where(static row => row.Workload.Name == ElementwiseSuite.Copy)
            .Max(static row => row.Workload.Bytes / Math.Min(row.Row.OursMs, row.Row.PeerMs ?? double.PositiveInfinity) * 1e3);
        var table = new Table { Border = TableBorder.Ascii2 };
        table.AddColumns("suite", "workload", "peer");
        foreach (var name in new[] { "ours ms", "peer ms", "ratio", "ours", "peer", "of peak" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        foreach (var (workload, row) in rows)
            table.AddRow(
                row.Suite, row.Name, row.Peer, Time(row.OursMs), Time(row.PeerMs), Number(row.Ratio, "F2"),
                Throughput(workload, row.OursMs), Throughput(workload, row.PeerMs), Share(workload, row.OursMs, flops, bytes));
        AnsiConsole.Write(table);
    }

    /// <summary>Closes the report: what was not measured, and the geometric mean of each peer's ratios.</summary>
    public static void Summary(IReadOnlyList<ComparisonRow> rows, IReadOnlyList<string> leftOut)
    {
        foreach (var group in rows.Where(static row => row.Ratio is not null).GroupBy(static row => (row.Suite, row.Peer)))
        {
            var mean = Math.Exp(group.Average(static row => Math.Log(row.Ratio!.Value)));
            Console.WriteLine(
                $"{group.Key.Suite} beside {group.Key.Peer}: ratio {Number(mean, "F2")} (geometric mean of {group.Count()}), "
                + $"lowest {Number(group.Min(static row => row.Ratio), "F2")}");
        }
        if (leftOut.Count > 0)
            Console.WriteLine($"not measured, for lack of time: {string.Join("; ", leftOut)}");
    }

    private static string Throughput(Workload workload, double? milliseconds) => (workload.Flops, workload.Bytes, milliseconds) switch
    {
        ({ } flops, _, { } time) => $"{Giga(flops / time * 1e3)} GFLOP/s",
        (_, { } bytes, { } time) => $"{Giga(bytes / time * 1e3)} GB/s",
        _ => "",
    };

    /// <summary>The share of the most operations a second, or else of the most bytes, that the machine was seen to do.</summary>
    private static string Share(Workload workload, double milliseconds, double? flops, double? bytes) =>
        (workload.Flops is { } operations ? operations / flops : workload.Bytes / bytes) is { } seconds
            ? Number(100 * seconds * 1e3 / milliseconds, "F0") + " %"
            : "";

    private static string Time(double? milliseconds) => Number(milliseconds, milliseconds < 0.1 ? "F5" : "F3");

    private static string Giga(double value) => Number(value / 1e9, value < 1e10 ? "F1" : "F0");

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
