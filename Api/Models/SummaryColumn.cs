namespace GpuKeras;

/// <summary>A column of a summary.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Alignment">How its cells are aligned.</param>
/// <param name="End">Where it ends, as a share of the line.</param>
internal sealed record SummaryColumn(string Title, ColumnAlignment Alignment, double End);
