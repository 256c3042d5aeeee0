namespace GpuKeras;

public partial class Model
{
    /// <summary>Prints a table of the layers with their output shapes and numbers of parameters, as Keras does.</summary>
    /// <param name="print">Called with each line; the console by default.</param>
    /// <param name="lineLength">The table's width in characters; by default 88, or 108 with connections, and no wider than the terminal.</param>
    /// <param name="expandNested">Whether the layers of models within the model are listed.</param>
    /// <param name="showTrainable">Whether a column says which layers are trained.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is too small for the columns.</exception>
    public void Summary(Action<string>? print = null, int? lineLength = null, bool expandNested = false, bool showTrainable = false)
    {
        var summary = new ModelSummary(this, expandNested, showTrainable);
        var widest = print is null && !Console.IsOutputRedirected ? Console.WindowWidth - 4 : int.MaxValue;
        foreach (var line in summary.Lines(lineLength ?? Math.Min(summary.DefaultLineLength, widest)))
            (print ?? Console.Out.WriteLine)(line);
    }
}
