using System.Runtime.InteropServices;
using GpuKeras.Kernels;

namespace GpuKeras.Perf.Machine;

/// <summary>Copies a block of memory, split over threads.</summary>
internal sealed unsafe class CopyLoop : IDisposable
{
    private const int AlignmentBytes = 4096;

    private readonly nuint bytes;
    private readonly byte* source;
    private readonly byte* target;

    public CopyLoop(int bytes)
    {
        this.bytes = (nuint)bytes;
        source = (byte*)NativeMemory.AlignedAlloc(this.bytes, AlignmentBytes);
        target = (byte*)NativeMemory.AlignedAlloc(this.bytes, AlignmentBytes);
        // Pages that were never written share one page of zeros, and copying that costs nothing.
        NativeMemory.Fill(source, this.bytes, 1);
        NativeMemory.Fill(target, this.bytes, 2);
    }

    public void Run(int threads) => HostThreads.For(threads, 1, new Part((nint)source, (nint)target, (long)bytes / threads));

    public void Dispose()
    {
        NativeMemory.AlignedFree(source);
        NativeMemory.AlignedFree(target);
    }

    private readonly struct Part(nint source, nint target, long bytes) : IRangeBody
    {
        public void Run(long start, long end)
        {
            var length = (end - start) * bytes;
            Buffer.MemoryCopy((byte*)source + start * bytes, (byte*)target + start * bytes, length, length);
        }
    }
}
