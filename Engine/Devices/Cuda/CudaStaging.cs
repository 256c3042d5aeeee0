namespace GpuKeras;

/// <summary>Pinned host memory through which copies pass: the driver moves it without the processor's help.</summary>
/// <remarks>
/// An upload goes to memory of its own on the device first, on a stream of its own: so it overlaps with the kernels that are queued. A
/// copy on the device then puts it in place, in the order of the queue, since those kernels may still use the target's memory.
/// </remarks>
internal sealed unsafe class CudaStaging
{
    /// <summary>The largest piece that is copied at once.</summary>
    public const int SlotBytes = 4 << 20;

    private const int SlotCount = 4;
    private const uint WithoutTiming = 2;

    private readonly CudaQueue queue;
    private readonly nint stream;
    private readonly Slot[] slots = new Slot[SlotCount];
    private int next;

    public CudaStaging(CudaQueue queue)
    {
        this.queue = queue;
        stream = queue.CreateStream();
        foreach (ref var slot in slots.AsSpan())
            slot = new Slot(queue);
    }

    /// <summary>Queues a copy to the device and returns when the source may be reused.</summary>
    public void Write(nint target, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            var piece = source[..Math.Min(SlotBytes, source.Length)];
            ref readonly var slot = ref Next();
            piece.CopyTo(new Span<byte>(slot.Host, SlotBytes));
            Check(CudaDriver.StreamWaitEvent(stream, slot.Emptied, 0), "cuStreamWaitEvent");
            Check(CudaDriver.CopyToDeviceAsync(slot.Device, slot.Host, (nuint)piece.Length, stream), "cuMemcpyHtoDAsync");
            Check(CudaDriver.EventRecord(slot.Copied, stream), "cuEventRecord");
            Check(CudaDriver.StreamWaitEvent(queue.Stream, slot.Copied, 0), "cuStreamWaitEvent");
            Check(CudaDriver.CopyOnDeviceAsync(target, slot.Device, (nuint)piece.Length, queue.Stream), "cuMemcpyDtoDAsync");
            Check(CudaDriver.EventRecord(slot.Emptied, queue.Stream), "cuEventRecord");
            source = source[piece.Length..];
            target += piece.Length;
        }
    }

    /// <summary>Waits for the queue and copies from the device; while one piece is taken from its slot, the next one is on its way.</summary>
    public void Read(nint source, Span<byte> target)
    {
        var slot = default(Slot);
        var piece = Span<byte>.Empty;
        while (!target.IsEmpty)
        {
            var before = slot;
            var pieceBefore = piece;
            piece = target[..Math.Min(SlotBytes, target.Length)];
            slot = Next();
            Check(CudaDriver.CopyToHostAsync(slot.Host, source, (nuint)piece.Length, queue.Stream), "cuMemcpyDtoHAsync");
            Check(CudaDriver.EventRecord(slot.Copied, queue.Stream), "cuEventRecord");
            Take(before, pieceBefore);
            target = target[piece.Length..];
            source += piece.Length;
        }
        Take(slot, piece);
    }

    private void Take(in Slot slot, Span<byte> target)
    {
        if (target.IsEmpty)
            return;
        Check(CudaDriver.EventSynchronize(slot.Copied), "cuEventSynchronize");
        new ReadOnlySpan<byte>(slot.Host, target.Length).CopyTo(target);
    }

    /// <summary>A slot whose host memory nothing uses any more.</summary>
    private ref readonly Slot Next()
    {
        ref readonly var slot = ref slots[next];
        next = (next + 1) % SlotCount;
        Check(CudaDriver.EventSynchronize(slot.Copied), "cuEventSynchronize");
        return ref slot;
    }

    private void Check(int status, string call) => queue.Check(status, call);

    private readonly struct Slot
    {
        public readonly byte* Host;
        public readonly nint Device;

        // The host's part is free; the device's part is free.
        public readonly nint Copied;
        public readonly nint Emptied;

        public Slot(CudaQueue queue)
        {
            void* host;
            nint device, copied, emptied;
            queue.Check(CudaDriver.MemoryHostAllocate(&host, SlotBytes, 0), "cuMemHostAlloc");
            queue.Check(CudaDriver.MemoryAllocate(&device, SlotBytes), "cuMemAlloc");
            queue.Check(CudaDriver.EventCreate(&copied, WithoutTiming), "cuEventCreate");
            queue.Check(CudaDriver.EventCreate(&emptied, WithoutTiming), "cuEventCreate");
            Host = (byte*)host;
            (Device, Copied, Emptied) = (device, copied, emptied);
        }
    }
}
