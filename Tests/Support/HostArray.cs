using System.Runtime.InteropServices;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Pinned memory that a kernel works on, between guard elements that it must not touch.</summary>
public sealed unsafe class HostArray<T> : IDisposable
    where T : unmanaged
{
    private const int GuardLength = 64;
    private static readonly T Guard = MemoryMarshal.AsRef<T>([0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A]);

    private readonly T[] memory;

    /// <summary>Zeros.</summary>
    public HostArray(int length)
    {
        memory = GC.AllocateUninitializedArray<T>(length + 2 * GuardLength, pinned: true);
        memory.AsSpan().Fill(Guard);
        Span.Clear();
    }

    /// <summary>A copy of the values.</summary>
    public HostArray(ReadOnlySpan<T> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Length => memory.Length - 2 * GuardLength;

    public Span<T> Span => memory.AsSpan(GuardLength, Length);

    public ref T this[int index] => ref Span[index];

    public ArrayView<T> View => new((nint)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0), GuardLength, Length);

    /// <summary>A copy of the elements.</summary>
    public T[] Values => Span.ToArray();

    public static implicit operator ArrayView<T>(HostArray<T> array) => array.View;

    /// <summary>Checks the guards, so that a test with <c>using</c> cannot forget to.</summary>
    public void Dispose() => AssertGuards();

    /// <summary>Fails if an element before or after the array has changed.</summary>
    public void AssertGuards()
    {
        for (var i = 0; i < GuardLength; i++)
        {
            Assert.That(memory[i], Is.EqualTo(Guard), $"element {i - GuardLength} was overwritten");
            Assert.That(memory[^(i + 1)], Is.EqualTo(Guard), $"element {Length + GuardLength - 1 - i} was overwritten");
        }
    }
}
