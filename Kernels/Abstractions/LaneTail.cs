using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Loads and stores of fewer scalars than a register holds, so that a row's end is computed exactly as its middle.</summary>
public static unsafe class LaneTail
{
    private const int WidestRegister = 16;

    /// <summary>Reads <paramref name="count"/> scalars; the other lanes hold <paramref name="fill"/>.</summary>
    [SkipLocalsInit]
    public static TLane Load<TLane, TElement>(TElement* address, long count, TElement fill)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[WidestRegister];
        for (var i = 0; i < TLane.Count; i++)
            buffer[i] = i < count ? address[i] : fill;
        return TLane.Load(buffer);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [SkipLocalsInit]
    public static void Store<TLane, TElement>(TLane value, TElement* address, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[WidestRegister];
        value.Store(buffer);
        for (var i = 0; i < count; i++)
            address[i] = buffer[i];
    }
}
