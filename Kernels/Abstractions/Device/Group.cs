namespace GpuKeras.Kernels;

/// <summary>The group that an item belongs to: items that share memory and can wait for each other.</summary>
/// <remarks>As in ILGPU. Every item of a group must reach the same barriers; only in launches with a <see cref="KernelConfig"/>.</remarks>
public static class Group
{
    /// <summary>The item's index along x.</summary>
    public static int IdxX { [DeviceIntrinsic] get => SimulatedItem.Current.Local.X; }

    /// <summary>The item's index along y.</summary>
    public static int IdxY { [DeviceIntrinsic] get => SimulatedItem.Current.Local.Y; }

    /// <summary>The item's index along z.</summary>
    public static int IdxZ { [DeviceIntrinsic] get => SimulatedItem.Current.Local.Z; }

    /// <summary>The number of items along x.</summary>
    public static int DimX { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Config.Group.X; }

    /// <summary>The number of items along y.</summary>
    public static int DimY { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Config.Group.Y; }

    /// <summary>The number of items along z.</summary>
    public static int DimZ { [DeviceIntrinsic] get => SimulatedItem.Current.Group.Config.Group.Z; }

    /// <summary>The item's number in its group, x fastest.</summary>
    public static int LinearIndex => (IdxZ * DimY + IdxY) * DimX + IdxX;

    /// <summary>Whether this is the item with number 0.</summary>
    public static bool IsFirstThread => LinearIndex == 0;

    /// <summary>Waits for all items of the group; each then sees what the others wrote to shared and global memory.</summary>
    [DeviceIntrinsic]
    public static void Barrier() => SimulatedItem.Current.Group.Barrier();

    /// <summary>The value of the item with number <paramref name="item"/>, in every item.</summary>
    /// <param name="value">This item's value.</param>
    /// <param name="item">The same number in every item.</param>
    public static T Broadcast<T>(T value, int item)
        where T : unmanaged
    {
        var shared = SharedMemory.Allocate<T>(1);
        if (LinearIndex == item)
            shared[0] = value;
        Barrier();
        var result = shared[0];
        Barrier();
        return result;
    }
}
