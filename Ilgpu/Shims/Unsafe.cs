using SystemUnsafe = System.Runtime.CompilerServices.Unsafe;

namespace GpuKeras.Kernels;

/// <summary>What kernels use of <see cref="SystemUnsafe"/>; ILGPU knows its <c>As</c> alone.</summary>
/// <remarks>In the kernels' namespace, so that it stands before the one that they import.</remarks>
internal static unsafe class Unsafe
{
    /// <summary>The same bits as another type of the same size.</summary>
    public static TTo BitCast<TFrom, TTo>(TFrom value) => SystemUnsafe.As<TFrom, TTo>(ref value);

    /// <summary>The same place as another type.</summary>
    public static ref TTo As<TFrom, TTo>(ref TFrom place) => ref SystemUnsafe.As<TFrom, TTo>(ref place);

    /// <summary>The number of bytes of a type.</summary>
    public static int SizeOf<T>() => sizeof(T);

    /// <summary>For host bodies.</summary>
    public static void* AsPointer<T>(ref T place)
        where T : allows ref struct => SystemUnsafe.AsPointer(ref place);

    /// <summary>For host bodies.</summary>
    public static ref T AsRef<T>(void* address)
        where T : allows ref struct => ref SystemUnsafe.AsRef<T>(address);

    /// <summary>For host bodies.</summary>
    public static void CopyBlockUnaligned(void* target, void* source, uint byteCount) =>
        SystemUnsafe.CopyBlockUnaligned(target, source, byteCount);
}
