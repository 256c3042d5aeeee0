namespace GpuKeras.Compilation;

/// <summary>Where an item stands in its launch.</summary>
internal enum SpecialRegister
{
    /// <summary>The item's number in a one-dimensional launch: group index · group size + item index.</summary>
    GlobalIndex,

    /// <summary>The item's index in its group.</summary>
    ItemX,
    ItemY,
    ItemZ,

    /// <summary>The group's numbers of items.</summary>
    GroupSizeX,
    GroupSizeY,
    GroupSizeZ,

    /// <summary>The group's index in the grid.</summary>
    GroupX,
    GroupY,
    GroupZ,

    /// <summary>The grid's numbers of groups.</summary>
    GridSizeX,
    GridSizeY,
    GridSizeZ,
}
