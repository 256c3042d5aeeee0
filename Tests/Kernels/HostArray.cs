using System.Runtime.InteropServices;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels;

/// <summary>Host memory for a kernel under test, with a guard zone after its end that the kernel must not touch.</summary>
internal sealed class HostArray<T>
    where T : unmanaged
{
    private const int GuardBytes = 256;
    private readonly T[] storage;
    private readonly int length;

    public HostArray(int length)
    {
        this.length = length;
        storage = GC.AllocateArray<T>(length + GuardBytes, pinned: true);
        MemoryMarshal.AsBytes(storage.AsSpan()).Fill(0xA5);
    }

    public HostArray(ReadOnlySpan<T> values)
        : this(values.Length) => values.CopyTo(storage);

    public ArrayView<T> View => new(Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0), 0, length);

    public T[] ToArray()
    {
        foreach (var value in MemoryMarshal.AsBytes(storage.AsSpan(length)))
            Assert.That(value, Is.EqualTo(0xA5), "a kernel wrote behind the end of its result");
        return storage[..length];
    }
}
