namespace GpuKeras.Kernels;

/// <summary>The grid of groups of a launch, as in ILGPU; only in launches with a <see cref="KernelConfig"/>.</summary>
public static class Grid
{
    /// <summary>The group's index along x.</summary>
    public static int IdxX { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Index.X; }

    /// <summary>The group's index along y.</summary>
    public static int IdxY { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Index.Y; }

    /// <summary>The group's index along z.</summary>
    public static int IdxZ { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Index.Z; }

    /// <summary>The number of groups along x.</summary>
    public static int DimX { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Config.Grid.X; }

    /// <summary>The number of groups along y.</summary>
    public static int DimY { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Config.Grid.Y; }

    /// <summary>The number of groups along z.</summary>
    public static int DimZ { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Config.Grid.Z; }
}
