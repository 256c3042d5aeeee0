using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Loads and stores of fewer scalars than a register holds, so that a row's end is computed exactly as its middle.</summary>
public static unsafe class LaneTail
{
    /// <summary>The most scalars that a register of any type holds.</summary>
    public const int WidestRegister = 16;

    /// <summary>
    /// Reads the first <paramref name="count"/> scalars, at most a register; the other lanes hold <paramref name="fill"/>.
    /// </summary>
    [SkipLocalsInit]
    public static TLane Load<TLane, TElement>(TElement* address, long count, TElement fill)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        if (count >= TLane.Count)
            return TLane.Load(address);
        var buffer = stackalloc TElement[WidestRegister];
        TLane.Broadcast(fill).Store(buffer);
        Unsafe.CopyBlockUnaligned(buffer, address, (uint)(count * sizeof(TElement)));
        return TLane.Load(buffer);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes, at most a register.</summary>
    [SkipLocalsInit]
    public static void Store<TLane, TElement>(TLane value, TElement* address, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        if (count >= TLane.Count)
        {
            value.Store(address);
            return;
        }
        var buffer = stackalloc TElement[WidestRegister];
        value.Store(buffer);
        Unsafe.CopyBlockUnaligned(address, buffer, (uint)(count * sizeof(TElement)));
    }
}
