using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Operations on contiguous rows of a few to a few thousand elements, inside host bodies.</summary>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="TScalar">One scalar.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal static unsafe class HostRow<TVector, TScalar, T>
    where TVector : struct, ILane<TVector, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    // A call to the block copy of the runtime costs more than this many single copies.
    private const int ShortRow = 8;

    /// <summary>target[i] = source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(T* target, T* source, nint count)
    {
        if (count <= ShortRow)
        {
            for (nint i = 0; i < count; i++)
                target[i] = source[i];
            return;
        }
        new ReadOnlySpan<T>(source, (int)count).CopyTo(new Span<T>(target, (int)count));
    }

    /// <summary>target[i] = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear(T* target, nint count)
    {
        for (nint i = 0; i < count; i++)
            target[i] = default;
    }

    /// <summary>target[i] += source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(T* target, T* source, nint count)
    {
        nint i = 0;
        for (; i + TVector.Count <= count; i += TVector.Count)
            (TVector.Load(target + i) + TVector.Load(source + i)).Store(target + i);
        for (; i < count; i++)
            (TScalar.Load(target + i) + TScalar.Load(source + i)).Store(target + i);
    }

    /// <summary>target[i] += source[i] · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(T* target, T* source, T factor, nint count)
    {
        nint i = 0;
        for (; i + TVector.Count <= count; i += TVector.Count)
            TVector.MultiplyAdd(TVector.Load(source + i), TVector.Broadcast(factor), TVector.Load(target + i)).Store(target + i);
        for (; i < count; i++)
            TScalar.MultiplyAdd(TScalar.Load(source + i), TScalar.Broadcast(factor), TScalar.Load(target + i)).Store(target + i);
    }

    /// <summary>target[i] += a[i] · b[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(T* target, T* a, T* b, nint count)
    {
        nint i = 0;
        for (; i + TVector.Count <= count; i += TVector.Count)
            TVector.MultiplyAdd(TVector.Load(a + i), TVector.Load(b + i), TVector.Load(target + i)).Store(target + i);
        for (; i < count; i++)
            TScalar.MultiplyAdd(TScalar.Load(a + i), TScalar.Load(b + i), TScalar.Load(target + i)).Store(target + i);
    }
}
