using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Runs device bodies, compiled, on a device.</summary>
/// <param name="device">The device.</param>
/// <param name="guardLength">
/// How many elements lie around each array that a kernel must not touch; 0 for tools that watch the borders of allocations.
/// </param>
internal sealed class DeviceBench(CompiledDevice device, int guardLength) : KernelBench
{
    private readonly List<(nint Handle, Action AssertGuards)> arrays = [];

    public override void Dispose()
    {
        foreach (var (_, assertGuards) in arrays)
            assertGuards();
        foreach (var (handle, _) in arrays)
            device.Free(handle);
        base.Dispose();
    }

    protected override (ArrayView<T> View, Func<T[]> Read) Allocate<T>(ReadOnlySpan<T> values)
    {
        var memory = new T[values.Length + 2 * guardLength];
        var guard = MemoryMarshal.AsRef<T>([0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A]);
        memory.AsSpan().Fill(guard);
        values.CopyTo(memory.AsSpan(guardLength));
        // No device has allocations of nothing.
        Assert.That(device.TryAllocate(Math.Max(memory.Length, 1) * Unsafe.SizeOf<T>(), out var handle));
        if (memory.Length > 0)
            device.Write(handle, 0, MemoryMarshal.AsBytes(memory.AsSpan()));
        T[] ReadAll()
        {
            if (memory.Length > 0)
                device.Read(handle, 0, MemoryMarshal.AsBytes(memory.AsSpan()));
            return memory;
        }
        void AssertGuards()
        {
            ReadAll();
            memory.AsSpan(guardLength, memory.Length - 2 * guardLength).Fill(guard);
            Assert.That(memory, Is.All.EqualTo(guard), "an element before or after an array was overwritten");
        }
        arrays.Add((handle, AssertGuards));
        var length = values.Length;
        return (new(handle, guardLength, length), () => ReadAll()[guardLength..(guardLength + length)]);
    }

    protected override void Launch<TKernel>(in TKernel kernel)
    {
        device.Run(kernel);
        device.Synchronize();
    }
}
