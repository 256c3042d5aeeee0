namespace GpuKeras;

/// <summary>How the cells of a column are aligned.</summary>
internal enum ColumnAlignment
{
    Left,
    Right,
    Center,
}
