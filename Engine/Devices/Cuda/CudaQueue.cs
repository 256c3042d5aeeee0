using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A device's primary context, with the stream that its work runs on.</summary>
/// <remarks>
/// The primary context is shared with other libraries of the process, such as cuBLAS. Memory comes straight from the driver: the
/// engine's own pool keeps what is handed back, so that the driver is asked only while a program warms up.
/// </remarks>
internal sealed unsafe class CudaQueue
{
    private const uint NonBlocking = 1;

    private readonly CudaDevice device;
    private readonly CudaStaging staging;
    private volatile bool isLost;

    public CudaQueue(CudaDevice device)
    {
        this.device = device;
        nint context;
        Check(CudaDriver.DevicePrimaryContextRetain(&context, device.Info.Device), "cuDevicePrimaryCtxRetain");
        Context = context;
        try
        {
            MakeCurrent();
            Stream = CreateStream();
            staging = new CudaStaging(this);
        }
        catch
        {
            // With the last user of the context all that was made in it goes: the next attempt starts afresh.
            _ = CudaDriver.ContextSetCurrent(0);
            _ = CudaDriver.DevicePrimaryContextRelease(device.Info.Device);
            throw;
        }
    }

    public nint Context { get; }

    /// <summary>The stream of all launches and copies.</summary>
    public nint Stream { get; }

    /// <summary>The kernel that was queued last, for errors that show only later.</summary>
    public string LastKernel { get; set; } = "";

    /// <summary>Makes the context the calling thread's: CUDA keeps one for each thread.</summary>
    public void MakeCurrent() => Check(CudaDriver.ContextSetCurrent(Context), "cuCtxSetCurrent");

    public bool TryAllocate(long bytes, out nint address)
    {
        MakeCurrent();
        nint allocated;
        var status = CudaDriver.MemoryAllocate(&allocated, (nuint)bytes);
        address = status == CudaStatus.Success ? allocated : 0;
        if (status == CudaStatus.OutOfMemory)
            return false;
        Check(status, "cuMemAlloc");
        return true;
    }

    /// <summary>Waits for what may still use the memory, then frees it.</summary>
    public void Free(nint address)
    {
        // The memory of a lost device is gone, and so it is when the process ends.
        if (isLost || CudaDriver.ContextSetCurrent(Context) == CudaStatus.Deinitialized)
            return;
        // cuMemFree "may" wait by itself, says its documentation.
        Check(CudaDriver.StreamSynchronize(Stream), "cuStreamSynchronize");
        Check(CudaDriver.MemoryFree(address), "cuMemFree");
    }

    public void Read(nint address, Span<byte> target)
    {
        MakeCurrent();
        staging.Read(address, target);
    }

    public void Write(nint address, ReadOnlySpan<byte> source)
    {
        MakeCurrent();
        staging.Write(address, source);
    }

    public void Finish()
    {
        MakeCurrent();
        Check(CudaDriver.StreamSynchronize(Stream), "cuStreamSynchronize");
    }

    /// <summary>A stream that does not wait for the default one.</summary>
    public nint CreateStream()
    {
        nint stream;
        Check(CudaDriver.StreamCreate(&stream, NonBlocking), "cuStreamCreate");
        return stream;
    }

    /// <summary>Whether a call that found no memory is worth repeating: the pool had some, and has handed it back.</summary>
    public bool MakesRoom(int status) => status == CudaStatus.OutOfMemory && device.MakeRoom();

    /// <summary>Throws unless a call succeeded.</summary>
    /// <exception cref="DeviceLostException">The device can no longer be used.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The driver found no memory.</exception>
    /// <exception cref="DeviceCallException">The call failed.</exception>
    public void Check(int status, string call)
    {
        if (status == CudaStatus.Success)
            return;
        ThrowIfKnown(status, call);
        throw new DeviceCallException(device.Name, call, CudaStatus.NameOf(status), status);
    }

    /// <inheritdoc cref="Check(int, string)"/>
    public void CheckLaunch(int status, string call, string kernel, in KernelConfig config)
    {
        if (status == CudaStatus.Success)
            return;
        ThrowIfKnown(status, $"{call} of '{kernel}'");
        throw new DeviceCallException(device.Name, call, CudaStatus.NameOf(status), status, kernel, config);
    }

    private void ThrowIfKnown(int status, string call)
    {
        if (status == CudaStatus.OutOfMemory)
        {
            throw new DeviceOutOfMemoryException(
                device.Name, call, CudaStatus.NameOf(status), device.Memory.LiveBytes, device.Memory.PooledBytes);
        }
        if (!CudaStatus.IsLost(status))
            return;
        isLost = true;
        throw new DeviceLostException(device.Name, call, CudaStatus.NameOf(status), status, LastKernel);
    }
}
