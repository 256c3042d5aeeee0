namespace GpuKeras.Kernels;

/// <summary>On ILGPU's devices a row has no end that a lane would not fit into.</summary>
public static unsafe class LaneTail
{
    /// <summary>For host bodies.</summary>
    public const int WidestRegister = 16;

    /// <summary>Reads a lane.</summary>
    public static TLane Load<TLane, TElement>(TElement* address, long count, TElement fill)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => TLane.Load(address);

    /// <summary>Writes a lane.</summary>
    public static void Store<TLane, TElement>(TLane value, TElement* address, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged => value.Store(address);
}
