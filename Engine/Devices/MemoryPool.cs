using System.Numerics;

namespace GpuKeras;

/// <summary>A device's memory: hands out storages, keeps those that come back for reuse, and counts both.</summary>
/// <remarks>
/// Sizes are rounded up to four steps per power of two, so that a returned block fits later requests of similar size.
/// Memory in use outside any <see cref="TensorScope"/> comes back through the garbage collector, which cannot see its size;
/// the pool therefore asks for a collection each time such allocations have doubled what is live.
/// </remarks>
public sealed class MemoryPool
{
    /// <summary>More than any device has, and few enough to be rounded up and added.</summary>
    internal const long MostBytes = 1L << 60;

    private const int MinimumBytes = 64;
    private const long CollectionFloorBytes = 256L << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Stack<Storage>> free = [];
    private long liveBytes;
    private long liveStorages;
    private long pooledBytes;
    private long unscopedSinceCollection;

    internal MemoryPool(Device device) => Device = device;

    /// <summary>The bytes in use by tensors and variables.</summary>
    public long LiveBytes => Interlocked.Read(ref liveBytes);

    /// <summary>The storages in use by tensors and variables; views share one.</summary>
    public long LiveTensors => Interlocked.Read(ref liveStorages);

    /// <summary>The bytes that the pool holds for reuse.</summary>
    public long PooledBytes => Interlocked.Read(ref pooledBytes);

    internal Device Device { get; }

    /// <summary>Gives all unused memory back to the system.</summary>
    public void Trim()
    {
        lock (gate)
        {
            foreach (var stack in free.Values)
            {
                while (stack.TryPop(out var storage))
                {
                    pooledBytes -= storage.CapacityBytes;
                    GC.SuppressFinalize(storage);
                    Device.Free(storage.Handle);
                }
            }
        }
    }

    /// <summary>Memory for a tensor.</summary>
    /// <exception cref="DeviceOutOfMemoryException">There is not so much.</exception>
    internal Storage Rent(long bytes, TensorScope? scope)
    {
        if (bytes > MostBytes)
            throw new DeviceOutOfMemoryException(Device.Name, bytes, LiveBytes, PooledBytes);
        var capacity = CapacityFor(bytes);
        if (scope is null)
            CollectIfDue(capacity);
        var storage = Take(capacity);
        if (scope is not null)
            scope.Own(storage);
        return storage;
    }

    /// <summary>Memory that the device itself hands back: it waits for no collection, and asks for none.</summary>
    internal Storage RentScratch(long bytes) => Take(CapacityFor(bytes));

    internal void Return(Storage storage)
    {
        Interlocked.Add(ref liveBytes, -storage.CapacityBytes);
        Interlocked.Decrement(ref liveStorages);
        lock (gate)
        {
            if (!free.TryGetValue(storage.CapacityBytes, out var stack))
                free[storage.CapacityBytes] = stack = new Stack<Storage>();
            stack.Push(storage);
            pooledBytes += storage.CapacityBytes;
        }
    }

    /// <summary>The size class of a request: four steps per power of two.</summary>
    internal static long RoundUp(long bytes)
    {
        if (bytes <= MinimumBytes)
            return MinimumBytes;
        var step = Math.Max(MinimumBytes, 1L << (61 - BitOperations.LeadingZeroCount((ulong)(bytes - 1))));
        return (bytes + step - 1) / step * step;
    }

    // What the driver gives is not refused for the sake of what is rounded up.
    private long CapacityFor(long bytes) =>
        RoundUp(bytes) is var rounded && rounded > Device.MaxAllocationBytes && bytes <= Device.MaxAllocationBytes
            ? Device.MaxAllocationBytes : rounded;

    private Storage Take(long capacity)
    {
        var storage = TakeFree(capacity) ?? Allocate(capacity);
        storage.Start();
        Interlocked.Add(ref liveBytes, capacity);
        Interlocked.Increment(ref liveStorages);
        return storage;
    }

    private Storage? TakeFree(long capacity)
    {
        lock (gate)
        {
            if (!free.TryGetValue(capacity, out var stack) || !stack.TryPop(out var storage))
                return null;
            pooledBytes -= capacity;
            return storage;
        }
    }

    private Storage Allocate(long capacity)
    {
        if (Device.TryAllocate(capacity, out var handle))
            return new Storage(this, handle, capacity);
        Collect();
        if (TakeFree(capacity) is { } storage)
            return storage;
        Trim();
        if (Device.TryAllocate(capacity, out handle))
            return new Storage(this, handle, capacity);
        throw capacity > Device.MaxAllocationBytes
            ? new DeviceOutOfMemoryException(Device.Name, capacity, Device.MaxAllocationBytes)
            : new DeviceOutOfMemoryException(Device.Name, capacity, LiveBytes, PooledBytes);
    }

    private void CollectIfDue(long capacity)
    {
        if (Interlocked.Add(ref unscopedSinceCollection, capacity) < Math.Max(CollectionFloorBytes, LiveBytes / 2))
            return;
        Interlocked.Exchange(ref unscopedSinceCollection, 0);
        Collect();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
