extern alias Ours;

using System.Runtime.InteropServices;
using ILGPU.Runtime;
using EngineKernels = Ours::GpuKeras.Kernels;

namespace GpuKeras.Ilgpu;

/// <summary>Memory of an accelerator under the handles that the engine's pool keeps.</summary>
internal static class DeviceBuffer
{
    /// <summary>The handle of a buffer; it keeps the buffer alive.</summary>
    public static nint Register(MemoryBuffer buffer) => GCHandle.ToIntPtr(GCHandle.Alloc(buffer));

    /// <summary>Frees a buffer and its handle.</summary>
    public static void Free(nint handle)
    {
        var entry = GCHandle.FromIntPtr(handle);
        ((MemoryBuffer)entry.Target!).Dispose();
        entry.Free();
    }

    /// <summary>Bytes of a buffer.</summary>
    public static ArrayView<byte> Bytes(nint handle, long offset, long length) => new(Of(handle), offset, length);

    /// <summary>ILGPU's view of what a view of the engine's shows.</summary>
    /// <typeparam name="TSource">The element type.</typeparam>
    /// <typeparam name="TTarget">Its twin.</typeparam>
    public static ArrayView<TTarget> View<TSource, TTarget>(EngineKernels.ArrayView<TSource> view)
        where TSource : unmanaged
        where TTarget : unmanaged =>
        view.Handle == 0 ? default : new(Of(view.Handle), view.Offset, view.Length);

    private static MemoryBuffer Of(nint handle) => (MemoryBuffer)GCHandle.FromIntPtr(handle).Target!;
}
