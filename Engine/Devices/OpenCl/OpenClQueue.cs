using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>An OpenCL context of one device, with its in-order queue.</summary>
internal sealed unsafe class OpenClQueue
{
    private const ulong ReadWrite = 1;
    private const ulong ContentUndefined = 2;

    // The driver may hold work back until it is told to start; telling it each time costs more than the launch.
    private const int LaunchesPerFlush = 16;

    private readonly OpenClDevice device;
    private readonly OpenClStaging staging;
    private int launches;
    private volatile bool isLost;

    public OpenClQueue(OpenClDevice device)
    {
        this.device = device;
        var id = Device = device.Info.Device;
        int status;
        Context = OpenClDriver.CreateContext(null, 1, &id, 0, 0, &status);
        Check(status, "clCreateContext");
        Handle = OpenClDriver.CreateCommandQueue(Context, id, 0, &status);
        if (status != OpenClStatus.Success)
            _ = OpenClDriver.ReleaseContext(Context);
        Check(status, "clCreateCommandQueue");
        staging = new OpenClStaging(this);
    }

    public nint Device { get; }

    public nint Context { get; }

    public nint Handle { get; }

    /// <summary>The kernel that was queued last, for errors that show only later.</summary>
    public string LastKernel { get; set; } = "";

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
        ThrowIfLost(status, "clCreateBuffer");
        // Of memory, as the device itself is well.
        if (OpenClStatus.IsOutOfMemory(status) || status is OpenClStatus.OutOfResources or OpenClStatus.InvalidBufferSize)
            return false;
        throw new DeviceCallException(device.Name, "clCreateBuffer", OpenClStatus.NameOf(status), status);
    }

    public void Free(nint buffer)
    {
        // The memory of a lost device is gone, and so it is when the process ends.
        if (isLost)
            return;
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

    /// <summary>Whether a call that found no memory is worth repeating: the pool had some, and has handed it back.</summary>
    public bool MakesRoom(int status) => OpenClStatus.IsOutOfMemory(status) && device.MakeRoom();

    /// <summary>Throws unless a call succeeded.</summary>
    /// <exception cref="DeviceLostException">The device can no longer be used.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The driver found no memory.</exception>
    /// <exception cref="DeviceCallException">The call failed.</exception>
    public void Check(int status, string call)
    {
        if (status == OpenClStatus.Success)
            return;
        ThrowIfKnown(status, call);
        throw new DeviceCallException(device.Name, call, OpenClStatus.NameOf(status), status);
    }

    /// <inheritdoc cref="Check(int, string)"/>
    /// <exception cref="LaunchLimitException">The group is too large for the kernel.</exception>
    public void CheckLaunch(int status, string call, string kernel, in KernelConfig config, int advisedGroupSize)
    {
        if (status == OpenClStatus.Success)
            return;
        ThrowIfKnown(status, $"{call} of '{kernel}'");
        // Drivers differ in the code of a group for which there are too few registers.
        if (status is OpenClStatus.InvalidWorkGroupSize or OpenClStatus.OutOfResources && config.GroupSize > advisedGroupSize)
        {
            throw new LaunchLimitException(
                device.Name, $"{kernel}, {config}", "a group's items", advisedGroupSize, config.GroupSize,
                "the kernel takes so many registers that the driver allows no more: use smaller groups");
        }
        throw new DeviceCallException(device.Name, call, OpenClStatus.NameOf(status), status, kernel, config);
    }

    private void ThrowIfKnown(int status, string call)
    {
        ThrowIfLost(status, call);
        if (OpenClStatus.IsOutOfMemory(status))
        {
            throw new DeviceOutOfMemoryException(
                device.Name, call, OpenClStatus.NameOf(status), device.Memory.LiveBytes, device.Memory.PooledBytes);
        }
    }

    private void ThrowIfLost(int status, string call)
    {
        // A device that cannot be started yet is not lost.
        if (Handle == 0
            || !OpenClStatus.IsLost(status) && !(OpenClStatus.MayBeLost(status) && OpenClDriver.Finish(Handle) != OpenClStatus.Success))
            return;
        isLost = true;
        throw new DeviceLostException(device.Name, call, OpenClStatus.NameOf(status), status, LastKernel);
    }
}
