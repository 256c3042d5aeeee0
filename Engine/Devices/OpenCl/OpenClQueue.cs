namespace GpuKeras;

/// <summary>An OpenCL context of one device, with its in-order queue.</summary>
internal sealed unsafe class OpenClQueue
{
    private const ulong ReadWrite = 1;
    private const ulong ContentUndefined = 2;

    // The driver may hold work back until it is told to start; telling it each time costs more than the launch.
    private const int LaunchesPerFlush = 16;

    private readonly string name;
    private readonly OpenClStaging staging;
    private int launches;

    public OpenClQueue(nint device, string name)
    {
        this.name = name;
        Device = device;
        int status;
        Context = OpenClDriver.CreateContext(null, 1, &device, 0, 0, &status);
        Check(status, "clCreateContext");
        Handle = OpenClDriver.CreateCommandQueue(Context, device, 0, &status);
        Check(status, "clCreateCommandQueue");
        staging = new OpenClStaging(this);
    }

    public nint Device { get; }

    public nint Context { get; }

    public nint Handle { get; }

    /// <summary>Changes with each freed buffer: a new one may have its name.</summary>
    public int FreedBuffers { get; private set; }

    public bool TryAllocate(long bytes, out nint buffer)
    {
        int status;
        var created = OpenClDriver.CreateBuffer(Context, ReadWrite, (nuint)bytes, null, &status);
        // Drivers allocate when a buffer is first used; asking for that now turns a failed launch into a failed allocation.
        if (status == OpenClStatus.Success)
            status = OpenClDriver.EnqueueMigrateMemObjects(Handle, 1, &created, ContentUndefined, 0, null, null);
        buffer = created;
        if (status == OpenClStatus.Success)
            return true;
        if (created != 0)
            _ = OpenClDriver.ReleaseMemObject(created);
        buffer = 0;
        if (OpenClStatus.IsOutOfMemory(status) || status == OpenClStatus.InvalidBufferSize)
            return false;
        throw new DeviceCallException(name, "clCreateBuffer", OpenClStatus.NameOf(status), status);
    }

    public void Free(nint buffer)
    {
        FreedBuffers++;
        Check(OpenClDriver.ReleaseMemObject(buffer), "clReleaseMemObject");
    }

    public void Read(nint buffer, long offsetBytes, Span<byte> target)
    {
        fixed (byte* first = target)
            Check(
                OpenClDriver.EnqueueReadBuffer(Handle, buffer, 1, (nuint)offsetBytes, (nuint)target.Length, first, 0, null, null),
                "clEnqueueReadBuffer");
    }

    public void Write(nint buffer, long offsetBytes, ReadOnlySpan<byte> source) => staging.Write(buffer, offsetBytes, source);

    public void Finish() => Check(OpenClDriver.Finish(Handle), "clFinish");

    public void Launched()
    {
        if (++launches % LaunchesPerFlush == 0)
            Check(OpenClDriver.Flush(Handle), "clFlush");
    }

    public void Check(int status, string call) => OpenClStatus.Check(status, name, call);
}
