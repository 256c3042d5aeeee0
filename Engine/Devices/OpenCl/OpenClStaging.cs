namespace GpuKeras;

/// <summary>Pinned host memory through which uploads pass, so that they neither wait for the queue nor hold the caller's memory.</summary>
internal sealed unsafe class OpenClStaging(OpenClQueue queue)
{
    private const int Slots = 8;

    // Larger uploads are rare, and waiting for them costs little beside copying twice.
    private const int MaxBytes = 4 << 20;
    private const ulong AllocatedByHost = 1 << 4;
    private const ulong MapForWriting = 2;

    private readonly Slot[] slots = new Slot[Slots];
    private int next;

    /// <summary>Queues a copy and returns when the source may be reused.</summary>
    public void Write(nint buffer, long offsetBytes, ReadOnlySpan<byte> source)
    {
        if (source.Length > MaxBytes)
        {
            fixed (byte* first = source)
                Enqueue(buffer, offsetBytes, first, source.Length, blocking: true, null);
            return;
        }
        ref var slot = ref slots[next];
        next = (next + 1) % Slots;
        WaitFor(ref slot);
        if (slot.Capacity < source.Length)
            Grow(ref slot, (int)MemoryPool.RoundUp(source.Length));
        source.CopyTo(new Span<byte>(slot.Memory, slot.Capacity));
        nint done;
        Enqueue(buffer, offsetBytes, slot.Memory, source.Length, blocking: false, &done);
        slot.Done = done;
        queue.Check(OpenClDriver.Flush(queue.Handle), "clFlush");
    }

    private void Enqueue(nint buffer, long offsetBytes, byte* source, int bytes, bool blocking, nint* done) =>
        queue.Check(
            OpenClDriver.EnqueueWriteBuffer(
                queue.Handle, buffer, blocking ? 1u : 0u, (nuint)offsetBytes, (nuint)bytes, source, 0, null, done),
            "clEnqueueWriteBuffer");

    private void WaitFor(ref Slot slot)
    {
        if (slot.Done == 0)
            return;
        var done = slot.Done;
        slot.Done = 0;
        var status = OpenClDriver.WaitForEvents(1, &done);
        queue.Check(OpenClDriver.ReleaseEvent(done), "clReleaseEvent");
        queue.Check(status, "clWaitForEvents");
    }

    // Mapped as long as it lives: the memory is only ever the source of copies.
    private void Grow(ref Slot slot, int bytes)
    {
        if (slot.Buffer != 0)
        {
            queue.Check(
                OpenClDriver.EnqueueUnmapMemObject(queue.Handle, slot.Buffer, slot.Memory, 0, null, null), "clEnqueueUnmapMemObject");
            queue.Check(OpenClDriver.ReleaseMemObject(slot.Buffer), "clReleaseMemObject");
        }
        slot = default;
        int status;
        nint buffer;
        do
            buffer = OpenClDriver.CreateBuffer(queue.Context, AllocatedByHost, (nuint)bytes, null, &status);
        while (queue.MakesRoom(status));
        queue.Check(status, "clCreateBuffer");
        slot.Memory = (byte*)OpenClDriver.EnqueueMapBuffer(
            queue.Handle, buffer, 1, MapForWriting, 0, (nuint)bytes, 0, null, null, &status);
        if (status != OpenClStatus.Success)
            _ = OpenClDriver.ReleaseMemObject(buffer);
        queue.Check(status, "clEnqueueMapBuffer");
        (slot.Buffer, slot.Capacity) = (buffer, bytes);
    }

    private struct Slot
    {
        public nint Buffer;
        public byte* Memory;
        public int Capacity;
        public nint Done;
    }
}
