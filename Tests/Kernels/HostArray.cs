using System.Runtime.InteropServices;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Kernels;

/// <summary>Host memory for a kernel under test, framed by guard bytes that <see cref="Dispose"/> checks.</summary>
public sealed unsafe class HostArray<T> : IDisposable
    where T : unmanaged
{
    private const int GuardBytes = 64;
    private const byte Guard = 0xA5;

    private readonly byte* memory;
    private readonly int bytes;

    public HostArray(int length)
    {
        bytes = length * sizeof(T);
        memory = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + 2 * GuardBytes), GuardBytes);
        new Span<byte>(memory, bytes + 2 * GuardBytes).Fill(Guard);
        View = new ArrayView<T>((nint)(memory + GuardBytes), 0, length);
    }

    public HostArray(T[] values)
        : this(values.Length) => values.CopyTo(View.Span);

    public ArrayView<T> View { get; }

    public T this[int index] => View.Span[index];

    public T[] Values => View.Span.ToArray();

    public static implicit operator ArrayView<T>(HostArray<T> array) => array.View;

    public void Dispose()
    {
        var intact = !new Span<byte>(memory, GuardBytes).ContainsAnyExcept(Guard)
            && !new Span<byte>(memory + GuardBytes + bytes, GuardBytes).ContainsAnyExcept(Guard);
        NativeMemory.AlignedFree(memory);
        if (!intact)
            throw new InvalidOperationException("A kernel wrote outside its array.");
    }
}
