using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>A group of a simulated launch. Its items take turns: one runs until it ends or waits for the others.</summary>
/// <remarks>
/// Items that never wait run one after the other on the launching thread. One that waits keeps its thread, and another thread takes
/// the items that follow. The item that comes last to a barrier goes on first, so that the order is another in each stretch.
/// </remarks>
internal sealed unsafe class SimulatedGroup(KernelConfig config, Index3D index) : IDisposable
{
    private readonly int count = config.GroupSize;
    private readonly Dictionary<int, nint> sharedArrays = [];
    private readonly object[][] exchanged = [new object[config.GroupSize], new object[config.GroupSize]];
    private readonly List<SimulatedThread> waiting = [];
    private readonly Queue<SimulatedThread> released = new();
    private readonly SimulatedThread launching = SimulatedThread.Current;
    private Action<int>? runItem;
    private int started;
    private int ended;
    private Exception? failure;

    public KernelConfig Config { get; } = config;

    public Index3D Index { get; } = index;

    /// <summary>Runs a body in every item, and returns when all are done.</summary>
    public void Run<TArguments>(Action<TArguments> body, TArguments arguments)
    {
        runItem = number => RunItem(number, body, arguments);
        if (RunItems())
            launching.Sleep();
        if (failure is { } exception)
            throw new InvalidOperationException($"kernel: an item of group {Index} failed: {exception.Message}", exception);
    }

    public void Barrier()
    {
        var self = SimulatedThread.Current;
        if (waiting.Count + ended == count - 1)
        {
            Release();
            return;
        }
        waiting.Add(self);
        if (started < count)
            SimulatedThread.Start(RunRest);
        else
            released.Dequeue().Wake();
        self.Sleep();
    }

    /// <summary>Gives <paramref name="value"/> to the others and takes that of the item <paramref name="source"/>.</summary>
    /// <param name="number">How many exchanges this item has done before.</param>
    public T Exchange<T>(T value, int source, int self, int number)
        where T : unmanaged
    {
        // No item can be two exchanges ahead of another: two arrays in turn are enough.
        var values = exchanged[number % 2];
        values[self] = value;
        Barrier();
        return (T)values[source];
    }

    public nint SharedArray(int number, long bytes)
    {
        if (!sharedArrays.TryGetValue(number, out var address))
            sharedArrays[number] = address = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        return address;
    }

    public void Dispose()
    {
        foreach (var address in sharedArrays.Values)
            NativeMemory.AlignedFree((void*)address);
    }

    private void RunRest()
    {
        // All are done.
        if (!RunItems())
            launching.Wake();
    }

    // Runs the items that are left; whether the turn then went to a thread whose item had been waiting.
    private bool RunItems()
    {
        while (started < count)
            runItem!(started++);
        var isPassedOn = released.TryDequeue(out var next);
        next?.Wake();
        return isPassedOn;
    }

    private void RunItem<TArguments>(int number, Action<TArguments> body, TArguments arguments)
    {
        var local = new Index3D(
            number % Config.Group.X, number / Config.Group.X % Config.Group.Y, number / Config.Group.X / Config.Group.Y);
        try
        {
            new SimulatedItem(this, local).Run(body, arguments);
        }
        catch (Exception exception)
        {
            failure ??= exception;
        }
        // An item that ends early is not waited for.
        ended++;
        if (waiting.Count + ended == count)
            Release();
    }

    private void Release()
    {
        waiting.ForEach(released.Enqueue);
        waiting.Clear();
    }
}
