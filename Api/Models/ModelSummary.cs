using System.Globalization;
using GpuKeras.Layers;

namespace GpuKeras;

/// <summary>The content of <see cref="Model.Summary"/>: a row for each layer, and the totals.</summary>
internal sealed class ModelSummary
{
    private static readonly string[] SizeUnits = ["B", "KB", "MB", "GB", "TB", "PB"];

    private readonly Model model;
    private readonly bool expandNested;
    private readonly bool showTrainable;
    private readonly bool showConnections;
    private readonly GraphLabels? labels;

    public ModelSummary(Model model, bool expandNested, bool showTrainable)
    {
        (this.model, this.expandNested, this.showTrainable) = (model, expandNested, showTrainable);
        if (model is not Sequential && model.Graph is { } graph)
        {
            labels = new GraphLabels(graph);
            showConnections = !labels.IsChain;
        }
    }

    /// <summary>The table's width unless one is asked for.</summary>
    public int DefaultLineLength => (showConnections ? 108 : 88) + (showTrainable ? 12 : 0);

    public IEnumerable<string> Lines(int lineLength)
    {
        var table = new SummaryTable(Columns(), lineLength);
        if (labels is null)
            foreach (var layer in model.Layers)
                AddRows(table, layer, nesting: 0);
        else
            foreach (var (owner, _) in labels.Owners)
                AddRows(table, owner, nesting: 0);
        return [$"Model: \"{model.Name}\"", .. table.Lines(), .. Totals()];
    }

    private List<SummaryColumn> Columns()
    {
        double[] ends = showConnections ? [0.3, 0.56, 0.74, 1] : [0.45, 0.8, 1];
        var titles = new List<(string, ColumnAlignment)>
        {
            ("Layer (type)", ColumnAlignment.Left), ("Output Shape", ColumnAlignment.Left), ("Param #", ColumnAlignment.Right),
        };
        if (showConnections)
            titles.Add(("Connected to", ColumnAlignment.Left));
        var columns = new List<SummaryColumn>();
        foreach (var (title, alignment) in titles)
            columns.Add(new(title, alignment, ends[columns.Count] * (showTrainable ? 0.9 : 1)));
        if (showTrainable)
            columns.Add(new("Trainable", ColumnAlignment.Center, 1));
        return columns;
    }

    // The owner of a row is a layer, or an operation between layers.
    private void AddRows(SummaryTable table, object owner, int nesting)
    {
        var prefix = nesting == 0 ? "" : new string(' ', 3 * nesting) + "└ ";
        var layer = owner as Layer;
        var fields = new List<string>
        {
            prefix + (layer is null ? labels!.Describe((GraphNode)owner) : $"{layer.Name} ({Saving.KerasTypes.ClassName(layer.GetType())})"),
            layer is null ? Shapes(((GraphNode)owner).Outputs) : OutputShape(layer),
            layer switch
            {
                null => "0",
                { Built: false } => "0 (unbuilt)",
                _ => Count(layer.CountParameters()),
            },
        };
        if (showConnections)
            fields.Add(nesting == 0 ? labels!.Connections(owner) : "-");
        if (showTrainable)
            fields.Add(layer is null || layer.Weights.Count == 0 ? "-" : layer.Trainable ? "Y" : "N");
        table.Add(fields);
        if (expandNested && layer is Model nested)
            foreach (var inner in nested.Layers)
                AddRows(table, inner, nesting + 1);
    }

    private static string OutputShape(Layer layer)
    {
        if (layer is InputLayer input)
            return input.BatchShape.ToKerasString();
        if (layer.SymbolicOutput is { } outputs)
            return Shapes(outputs.Tensors);
        return layer.DeclaredOutputShape()?.ToKerasString() ?? "?";
    }

    private static string Shapes(IReadOnlyList<Tensor> outputs) => outputs.Count == 1
        ? outputs[0].Shape.ToKerasString()
        : $"[{string.Join(", ", outputs.Select(static tensor => tensor.Shape.ToKerasString()))}]";

    private IEnumerable<string> Totals()
    {
        var trainable = model.TrainableVariables;
        var others = model.NonTrainableVariables;
        var slots = model.IsCompiled && model.Optimizer.Built ? model.Optimizer.Variables : [];
        yield return " Total params: " + Total([.. trainable, .. others, .. slots]);
        yield return " Trainable params: " + Total(trainable);
        yield return " Non-trainable params: " + Total(others);
        if (slots.Count > 0)
            yield return " Optimizer params: " + Total(slots);
    }

    private static string Total(IReadOnlyCollection<Variable> variables)
    {
        var sizeBytes = variables.Sum(static variable => variable.Size * variable.DType.SizeBytes());
        return $"{Count(variables.Sum(static variable => variable.Size))} ({Size(sizeBytes)})";
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(double sizeBytes)
    {
        var unit = 0;
        for (; sizeBytes >= 1024 && unit < SizeUnits.Length - 1; unit++)
            sizeBytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{sizeBytes:F2} {SizeUnits[unit]}");
    }
}
