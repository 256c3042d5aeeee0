using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GpuKeras.Saving;
using Spectre.Console;

namespace GpuKeras.Cli.Commands;

/// <summary><c>inspect FILE</c>: what a model's or weights' file holds. Nothing of it is run.</summary>
internal static class InspectCommand
{
    private const int RedirectedWidth = 160;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A model (.keras, .h5, model.json of TensorFlow.js) or weights (.weights.h5, .safetensors, .npz)." };
        var command = new Command("inspect", "Show what a model's or weights' file holds, without running anything of it.") { file };
        command.SetAction(parsed => Run(parsed.GetValue(file)!.FullName));
        return command;
    }

    private static int Run(string path)
    {
        // Into a file or a pipe whole lines go; a terminal has its width.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        using var device = Device.Use("cpu");
        using var contents = FileInspector.Open(path);
        var elements = contents.Weights.Sum(static weight => weight.Elements).ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine($"{contents.Format}: {contents.Weights.Count} weights with {elements} numbers");
        WriteArchitecture(contents);
        if (contents.CompileConfig is { } compile)
            AnsiConsole.Write(CompileTable(compile));
        AnsiConsole.Write(WeightTable(contents.Weights));
        return ExitCodes.Success;
    }

    private static void WriteArchitecture(FileContents contents)
    {
        if (contents.Model is { } model)
        {
            model.Summary(Console.Out.WriteLine, expandNested: true);
            if (contents.Inputs.Count > 0)
                AnsiConsole.Write(EndsTable(contents));
            return;
        }
        if (contents.Problem is { } problem)
            Console.WriteLine($"The model cannot be made here: {problem}");
        if (contents.Layers.Count == 0)
            return;
        var table = NewTable("Layers", "Name", "Class", "Output shape", "Parameters");
        table.Columns[^1].Alignment = Justify.Right;
        foreach (var layer in contents.Layers)
            AddRow(
                table, new string(' ', 2 * layer.Nesting) + layer.Name, layer.ClassName, layer.OutputShape,
                layer.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
    }

    private static Table EndsTable(FileContents contents)
    {
        var table = NewTable("Inputs and outputs", "", "Shape", "Type");
        foreach (var (kind, ends) in new[] { ("input", contents.Inputs), ("output", contents.Outputs) })
            foreach (var (name, tensor) in ends)
                AddRow(table, $"{kind} {name}".TrimEnd(), tensor.Shape.ToKerasString(), tensor.DType.KerasName());
        return table;
    }

    private static Table CompileTable(JsonObject compile)
    {
        var table = NewTable("Compiled with", "", "");
        table.HideHeaders();
        foreach (var (key, value) in compile)
            if (value is not null)
                AddRow(table, key, ConfigText.Of(value));
        return table;
    }

    private static Table WeightTable(IReadOnlyList<StoredWeight> weights)
    {
        var table = NewTable("Weights", "Path", "Shape", "Type", "Min", "Max", "Mean", "Std", "NaN");
        foreach (var column in table.Columns)
            column.NoWrap = true;
        foreach (var column in table.Columns.Skip(3))
            column.Alignment = Justify.Right;
        foreach (var weight in weights)
        {
            using var tensor = weight.Read();
            var values = WeightStatistics.Of(tensor);
            AddRow(
                table, weight.Name, weight.Shape.ToKerasString(), weight.Encoding.ToString(),
                Number(values.Minimum), Number(values.Maximum), Number(values.Mean), Number(values.StandardDeviation),
                values.NotNumbers.ToString("N0", CultureInfo.InvariantCulture));
        }
        return table;
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static Table NewTable(string title, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(title) };
        table.AddColumns([.. columns.Select(static column => new TableColumn(column))]);
        return table;
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);
}
