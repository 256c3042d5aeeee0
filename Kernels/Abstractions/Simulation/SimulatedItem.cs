using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>One item of a simulated launch: what <see cref="Group"/>, <see cref="Grid"/> and the memories mean in plain C#.</summary>
internal sealed unsafe class SimulatedItem(SimulatedGroup group, Index3D local)
{
    [ThreadStatic]
    private static SimulatedItem? current;

    private readonly List<nint> locals = [];
    private int sharedArrays;
    private int exchanges;

    /// <summary>The item that this thread runs.</summary>
    public static SimulatedItem Current
    {
        get => current ?? throw new InvalidOperationException(
            "kernel: Group, Grid, Warp, SharedMemory and LocalMemory exist in kernels only; Group, Grid and Warp only in launches with a KernelConfig.");
        private set => current = value;
    }

    public SimulatedGroup Group { get; } = group;

    public Index3D Local { get; } = local;

    /// <summary>Runs a body as this item.</summary>
    public void Run<TArguments>(Action<TArguments> body, in TArguments arguments)
    {
        Current = this;
        try
        {
            body(arguments);
        }
        finally
        {
            current = null;
            foreach (var address in locals)
                NativeMemory.Free((void*)address);
        }
    }

    // Items allocate in the same order, so the n-th array of one is the n-th of all.
    public ArrayView<T> SharedArray<T>(int length)
        where T : unmanaged => new(Group.SharedArray(sharedArrays++, (long)length * sizeof(T)), 0, length);

    /// <summary>Gives a value to the group's other items and takes that of the item <paramref name="source"/>.</summary>
    public T Exchange<T>(T value, int source)
        where T : unmanaged => Group.Exchange(value, source, Kernels.Group.LinearIndex, exchanges++);

    public ArrayView<T> LocalArray<T>(int length)
        where T : unmanaged
    {
        var address = (nint)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));
        locals.Add(address);
        return new(address, 0, length);
    }
}
