using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels;

/// <summary>A loop over elements, written once for every lane type.</summary>
public interface ILaneBody
{
    /// <summary>Does the work of elements <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    /// <typeparam name="TLane">The lane to compute with.</typeparam>
    /// <typeparam name="TElement">The element type, the same as that of the kernel's views.</typeparam>
    void Run<TLane, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}

/// <summary>Chooses the widest lane that the host has for an element type.</summary>
public static class LaneLoop
{
    /// <summary>The most elements that two lanes of any type hold: the size of a buffer that pads a remainder.</summary>
    public const int PairElements = 32;

    /// <summary>Runs <paramref name="body"/> over elements of type <typeparamref name="T"/> with the host's widest lane.</summary>
    /// <exception cref="NotSupportedException">There is no lane for <typeparamref name="T"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TBody>(in TBody body, long start, long end)
        where T : unmanaged
        where TBody : struct, ILaneBody
    {
        // Each test is a constant for the compiler of the instantiated method: one branch remains.
        if (typeof(T) == typeof(float) && Vector512.IsHardwareAccelerated)
            body.Run<FloatVector512, float>(start, end);
        else if (typeof(T) == typeof(float) && Vector256.IsHardwareAccelerated)
            body.Run<FloatVector256, float>(start, end);
        else if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
            body.Run<FloatVector128, float>(start, end);
        else if (typeof(T) == typeof(float))
            body.Run<FloatLane, float>(start, end);
        else if (typeof(T) == typeof(double))
            body.Run<DoubleLane, double>(start, end);
        else if (typeof(T) == typeof(int))
            body.Run<Int32Lane, int>(start, end);
        else if (typeof(T) == typeof(long))
            body.Run<Int64Lane, long>(start, end);
        else if (typeof(T) == typeof(byte))
            body.Run<ByteLane, byte>(start, end);
        else
            throw new NotSupportedException($"Elementwise kernels: no lane for elements of type {typeof(T).Name}.");
    }
}
