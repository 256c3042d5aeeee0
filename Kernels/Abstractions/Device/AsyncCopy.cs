namespace GpuKeras.Kernels;

/// <summary>Copies from global to shared memory that go on while the item computes (<see cref="DeviceProfile.HasAsyncCopies"/>).</summary>
public static class AsyncCopy
{
    /// <summary>Starts copying 16 bytes: four float32 at positions that are multiples of four.</summary>
    [DeviceIntrinsic]
    public static void Start(ArrayView<float> shared, int target, ArrayView<float> global, long source)
    {
        for (var i = 0; i < 4; i++)
            shared[target + i] = global[source + i];
    }

    /// <summary>Closes a batch: the copies that this item has started since the last one.</summary>
    [DeviceIntrinsic]
    public static void Commit()
    {
    }

    /// <summary>Waits until at most <paramref name="batches"/> of this item's batches are under way; a barrier must follow.</summary>
    /// <param name="batches">A constant.</param>
    [DeviceIntrinsic]
    public static void Wait(int batches)
    {
    }
}
