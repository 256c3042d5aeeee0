namespace GpuKeras.Kernels.Linear;

/// <summary>The ways to compute a product of float32 on a CPU-like device.</summary>
internal enum PanelWay
{
    /// <summary>Tiles of C, with B in panels that are copied side by side first.</summary>
    Copied,

    /// <summary>The same with B's panels where they lie, which must be rows of neighbours.</summary>
    InPlace,

    /// <summary>A body for few rows or columns: <see cref="NarrowProducts"/>.</summary>
    Narrow,
}
