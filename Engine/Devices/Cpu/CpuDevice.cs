using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Convolution;

namespace GpuKeras;

/// <summary>The host processor. Work is done when a call returns.</summary>
internal sealed unsafe class CpuDevice : Device
{
    // A cache line, and the width of the widest register.
    private const int AlignmentBytes = 64;

    public CpuDevice()
        : base("cpu", "cpu", Describe()) =>
        (HostThreads.Count, ConvolutionMethod.UsesWinograd) = (EngineOptions.Threads, EngineOptions.Winograd);

    public override void Synchronize()
    {
    }

    internal override bool TryAllocate(long bytes, out nint handle)
    {
        try
        {
            handle = (nint)NativeMemory.AlignedAlloc((nuint)bytes, AlignmentBytes);
            return true;
        }
        catch (OutOfMemoryException)
        {
            handle = 0;
            return false;
        }
    }

    internal override void Free(nint handle) => NativeMemory.AlignedFree((void*)handle);

    internal override void Upload(ReadOnlySpan<byte> source, Storage target, long offsetBytes) =>
        source.CopyTo(new Span<byte>((byte*)target.Handle + offsetBytes, source.Length));

    internal override void Download(Storage source, long offsetBytes, Span<byte> target) =>
        new ReadOnlySpan<byte>((byte*)source.Handle + offsetBytes, target.Length).CopyTo(target);

    private static string Describe()
    {
        var vectors = Vector512.IsHardwareAccelerated ? "512-bit vectors"
            : Vector256.IsHardwareAccelerated ? "256-bit vectors"
            : Vector128.IsHardwareAccelerated ? "128-bit vectors"
            : "no vectors";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{RuntimeInformation.ProcessArchitecture} processor, {EngineOptions.Threads} threads, {vectors}, {memory:F0} GiB memory");
    }
}
