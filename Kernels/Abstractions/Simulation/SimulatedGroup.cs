using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>A group of a simulated launch: a thread for each item.</summary>
internal sealed unsafe class SimulatedGroup(KernelConfig config, Index3D index) : IDisposable
{
    private const int StackBytes = 256 << 10;

    private readonly Barrier barrier = new(config.GroupSize);
    private readonly Dictionary<int, nint> sharedArrays = [];
    private readonly object[] exchanged = new object[config.GroupSize];
    private volatile Exception? failure;

    public KernelConfig Config { get; } = config;

    public Index3D Index { get; } = index;

    /// <summary>Runs a body in every item, and returns when all are done.</summary>
    public void Run<TArguments>(Action<TArguments> body, TArguments arguments)
    {
        var threads = new Thread[Config.GroupSize];
        for (var i = 0; i < threads.Length; i++)
        {
            var local = new Index3D(
                i % Config.Group.X, i / Config.Group.X % Config.Group.Y, i / Config.Group.X / Config.Group.Y);
            threads[i] = new Thread(() => RunItem(new SimulatedItem(this, local), body, arguments), StackBytes);
            threads[i].Start();
        }
        foreach (var thread in threads)
            thread.Join();
        if (failure is { } exception)
            throw new InvalidOperationException($"kernel: an item of group {Index} failed: {exception.Message}", exception);
    }

    public void Barrier() => barrier.SignalAndWait();

    /// <summary>Gives <paramref name="value"/> to the others and takes that of the item <paramref name="source"/>.</summary>
    public T Exchange<T>(T value, int source, int self)
        where T : unmanaged
    {
        exchanged[self] = value;
        Barrier();
        var result = (T)exchanged[source];
        Barrier();
        return result;
    }

    public nint SharedArray(int number, long bytes)
    {
        lock (sharedArrays)
        {
            if (!sharedArrays.TryGetValue(number, out var address))
                sharedArrays[number] = address = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);
            return address;
        }
    }

    public void Dispose()
    {
        barrier.Dispose();
        foreach (var address in sharedArrays.Values)
            NativeMemory.AlignedFree((void*)address);
    }

    // An item that ends early leaves the barrier, so that the others do not wait for it for ever.
    private void RunItem<TArguments>(SimulatedItem item, Action<TArguments> body, TArguments arguments)
    {
        try
        {
            item.Run(body, arguments);
        }
        catch (Exception exception)
        {
            failure ??= exception;
        }
        finally
        {
            barrier.RemoveParticipant();
        }
    }
}
