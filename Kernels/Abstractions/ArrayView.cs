using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>A view of <c>Length</c> elements in a device's memory.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="handle">The device's own name of the allocation; on the host, its address.</param>
/// <param name="offset">The first element of the view, counted in elements from the start of the allocation.</param>
/// <param name="length">The number of elements.</param>
public readonly unsafe struct ArrayView<T>(nint handle, long offset, long length)
    where T : unmanaged
{
    /// <summary>The device's own name of the allocation; on the host, its address.</summary>
    public nint Handle { get; } = handle;

    /// <summary>The first element of the view, counted in elements from the start of the allocation.</summary>
    public long Offset { get; } = offset;

    /// <summary>The number of elements.</summary>
    public long Length { [DeviceIntrinsic] get; } = length;

    /// <summary>The number of elements as a 32-bit integer.</summary>
    public int IntLength { [DeviceIntrinsic] get => checked((int)Length); }

    /// <summary>The address of the first element: in host memory for a host body, in the device's for a device body.</summary>
    public T* Pointer { [DeviceIntrinsic] get => (T*)Handle + Offset; }

    /// <summary>The elements as a span. Only for host memory.</summary>
    public Span<T> Span => new(Pointer, IntLength);

    /// <summary>The element at <paramref name="index"/>; the index is not checked.</summary>
    public ref T this[long index] { [DeviceIntrinsic] get => ref Unsafe.AsRef<T>(Pointer + index); }

    /// <summary>The element at <paramref name="index"/>; the index is not checked.</summary>
    public ref T this[int index] { [DeviceIntrinsic] get => ref Unsafe.AsRef<T>(Pointer + index); }

    /// <summary>A view of <paramref name="length"/> elements that starts at element <paramref name="offset"/> of this one.</summary>
    [DeviceIntrinsic]
    public ArrayView<T> SubView(long offset, long length) => new(Handle, Offset + offset, length);

    /// <summary>The same memory seen as elements of another type of the same size.</summary>
    [DeviceIntrinsic]
    public ArrayView<TOther> Cast<TOther>()
        where TOther : unmanaged =>
        new(Handle, Offset * sizeof(T) / sizeof(TOther), Length * sizeof(T) / sizeof(TOther));
}
