using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Lanes of one element as elements.</summary>
internal static class LaneElement
{
    /// <summary>The element that a lane of one element holds.</summary>
    public static unsafe TElement ToElement<TLane, TElement>(this TLane value)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        TElement element;
        value.Store(&element);
        return element;
    }

    /// <summary>A number as an element, rounded as by the lanes of its type. On the host: a device may lack float64.</summary>
    /// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no lanes.</exception>
    public static T Create<T>(double value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<FloatLane, T>(FloatLane.Create(value));
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<DoubleLane, T>(DoubleLane.Create(value));
        if (typeof(T) == typeof(int))
            return Unsafe.BitCast<Int32Lane, T>(Int32Lane.Create(value));
        if (typeof(T) == typeof(long))
            return Unsafe.BitCast<Int64Lane, T>(Int64Lane.Create(value));
        if (typeof(T) == typeof(byte))
            return Unsafe.BitCast<ByteLane, T>(ByteLane.Create(value));
        throw new NotSupportedException($"kernels: no lane for elements of type {typeof(T).Name}.");
    }
}
