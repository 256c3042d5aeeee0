namespace GpuKeras.Kernels;

/// <summary>The geometry of a launch: how many groups, and how many items in each.</summary>
/// <param name="Grid">The numbers of groups.</param>
/// <param name="Group">The numbers of items in a group.</param>
public readonly record struct KernelConfig(Index3D Grid, Index3D Group)
{
    /// <summary>A one-dimensional launch.</summary>
    /// <param name="groups">The number of groups.</param>
    /// <param name="items">The number of items in each.</param>
    public static KernelConfig Linear(int groups, int items) => new(new(groups, 1, 1), new(items, 1, 1));

    /// <summary>The number of items in a group.</summary>
    public int GroupSize => Group.X * Group.Y * Group.Z;

    /// <summary>Whether there is no group at all.</summary>
    public bool IsEmpty => Grid.X == 0 || Grid.Y == 0 || Grid.Z == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Grid} groups of {Group}";
}
