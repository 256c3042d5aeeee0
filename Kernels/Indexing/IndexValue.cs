using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Whole numbers of a generic type as 64-bit integers, in terms that the kernel compiler knows.</summary>
internal static class IndexValue
{
    /// <summary>The number.</summary>
    /// <typeparam name="T">int32, int64 or uint8.</typeparam>
    public static long Of<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(int))
            return Unsafe.BitCast<T, int>(value);
        if (typeof(T) == typeof(long))
            return Unsafe.BitCast<T, long>(value);
        return Unsafe.BitCast<T, byte>(value);
    }
}
