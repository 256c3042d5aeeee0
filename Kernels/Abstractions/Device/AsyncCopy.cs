namespace GpuKeras.Kernels;

/// <summary>Copies from global to shared memory that go on while the item computes (<see cref="DeviceProfile.HasAsyncCopies"/>).</summary>
/// <remarks>
/// From the start of a copy until the item has waited for its batch nobody may touch the target, nor anybody write the source; other
/// items may read the target after a barrier behind the wait. In plain C# a copy is done at once, which is as good a time as any.
/// </remarks>
public static class AsyncCopy
{
    /// <summary>Starts copying 16 bytes, four float32 at positions that are multiples of four, or setting them to 0.</summary>
    /// <param name="shared">Shared memory.</param>
    /// <param name="target">Where the numbers go.</param>
    /// <param name="global">Global memory.</param>
    /// <param name="source">Where they lie.</param>
    /// <param name="exists">Whether there are any: if not, nothing is read, and the target gets zeros.</param>
    /// <remarks>PTX's <c>cp.async.cg.shared.global</c>, which leaves the first-level cache out.</remarks>
    [DeviceIntrinsic]
    public static void Start(ArrayView<float> shared, int target, ArrayView<float> global, long source, bool exists)
    {
        for (var i = 0; i < 4; i++)
            shared[target + i] = exists ? global[source + i] : 0;
    }

    /// <summary>Starts copying one float32 at any position, or setting it to 0; the parameters are those of <see cref="Start"/>.</summary>
    /// <remarks>PTX's <c>cp.async.ca.shared.global</c>.</remarks>
    [DeviceIntrinsic]
    public static void StartOne(ArrayView<float> shared, int target, ArrayView<float> global, long source, bool exists) =>
        shared[target] = exists ? global[source] : 0;

    /// <summary>Closes a batch: the copies that this item has started since the last one, which may be none.</summary>
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
