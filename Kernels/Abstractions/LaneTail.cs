using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels;

/// <summary>Loads and stores of fewer scalars than a register holds, so that a row's end is computed exactly as its middle.</summary>
public static unsafe class LaneTail
{
    /// <summary>The most scalars that a register of any type holds.</summary>
    public const int WidestRegister = 16;

    /// <summary>
    /// Reads the first <paramref name="count"/> scalars, at most a register; the other lanes hold <paramref name="fill"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Load<TLane, TElement>(TElement* address, long count, TElement fill)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        if (count >= TLane.Count)
            return TLane.Load(address);
        if (typeof(TLane) == typeof(FloatVector512) && Avx512F.IsSupported)
        {
            var others = Vector512.Create(Unsafe.BitCast<TElement, float>(fill));
            return Unsafe.BitCast<Vector512<float>, TLane>(Avx512F.MaskLoad((float*)address, First(count), others));
        }
        if (typeof(TLane) == typeof(FloatPanel))
            return LoadPanel<TLane, TElement>(address, count, fill);
        return LoadThroughMemory<TLane, TElement>(address, count, fill);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes, at most a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLane, TElement>(TLane value, TElement* address, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        if (count >= TLane.Count)
            value.Store(address);
        else if (typeof(TLane) == typeof(FloatVector512) && Avx512F.IsSupported)
            Avx512F.MaskStore((float*)address, First(count), Unsafe.BitCast<TLane, Vector512<float>>(value));
        else if (typeof(TLane) == typeof(FloatPanel))
            StorePanel(value, address, count);
        else
            StoreThroughMemory(value, address, count);
    }

    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(long count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle();

    // Kernels have local memory in place of the stack.
    private static TLane LoadPanel<TLane, TElement>(TElement* address, long count, TElement fill)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = LocalMemory.Allocate<TElement>(FloatPanel.Count);
        for (var i = 0; i < FloatPanel.Count; i++)
            buffer[i] = i < count ? address[i] : fill;
        return TLane.Load(buffer.Pointer);
    }

    private static void StorePanel<TLane, TElement>(TLane value, TElement* address, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = LocalMemory.Allocate<TElement>(FloatPanel.Count);
        value.Store(buffer.Pointer);
        for (var i = 0; i < count; i++)
            address[i] = buffer[i];
    }

    [SkipLocalsInit]
    private static TLane LoadThroughMemory<TLane, TElement>(TElement* address, long count, TElement fill)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[WidestRegister];
        TLane.Broadcast(fill).Store(buffer);
        Unsafe.CopyBlockUnaligned(buffer, address, (uint)(count * sizeof(TElement)));
        return TLane.Load(buffer);
    }

    [SkipLocalsInit]
    private static void StoreThroughMemory<TLane, TElement>(TLane value, TElement* address, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[WidestRegister];
        value.Store(buffer);
        Unsafe.CopyBlockUnaligned(address, buffer, (uint)(count * sizeof(TElement)));
    }
}
