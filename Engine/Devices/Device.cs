using System.Diagnostics;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>A processor that tensors live on and operations run on.</summary>
/// <remarks>
/// The device of a program is, in this order: the innermost <see cref="Use"/>, the environment variable <c>GPUKERAS_DEVICE</c>,
/// and otherwise the best one present.
/// </remarks>
public abstract class Device
{
    [ThreadStatic]
    private static Device? used;

    private static Device? preferred;

    private static volatile MatMulPrecision matMulPrecision;

    private protected Device(string name, string kind, string description)
    {
        (Name, Kind, Description) = (name, kind, description);
        Memory = new MemoryPool(this);
    }

    /// <summary>The device that new tensors are made on.</summary>
    /// <exception cref="DeviceException"><c>GPUKERAS_DEVICE</c> names a device that is not there.</exception>
    public static Device Current => used ?? (preferred ??= Announced(DeviceRegistry.Find(EngineOptions.Device)));

    /// <summary>How exact products of float32 matrices are that are queued from here on, in all threads; float32 by default.</summary>
    public static MatMulPrecision MatMulPrecision
    {
        get => matMulPrecision;
        set => matMulPrecision = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MatMulPrecision: must be Float32, TensorFloat32 or BFloat16.");
    }

    /// <summary>The name that selects the device, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Name { get; }

    /// <summary>The kind of device: <c>cpu</c>, <c>cuda</c> or <c>opencl</c>.</summary>
    public string Kind { get; }

    /// <summary>The processor and what it can do, for people.</summary>
    public string Description { get; }

    /// <summary>The device's memory and its counters.</summary>
    public MemoryPool Memory { get; }

    /// <summary>The devices of this machine, best first.</summary>
    public static IReadOnlyList<Device> List() => DeviceRegistry.Devices;

    /// <summary>The kinds of device that this machine lacks, each with the reason.</summary>
    public static IReadOnlyList<AbsentDevice> Absent() => DeviceRegistry.Absent;

    /// <summary>The device called <paramref name="name"/>; <c>auto</c> is the best one.</summary>
    /// <exception cref="DeviceException">There is no such device; the message lists those that there are.</exception>
    public static Device Get(string name) => DeviceRegistry.Find(name);

    /// <summary>Makes <paramref name="name"/> the current device of this thread until the result is disposed.</summary>
    /// <exception cref="DeviceException">There is no such device.</exception>
    public static IDisposable Use(string name) => new Selection(Announced(DeviceRegistry.Find(name)));

    /// <summary>Waits until everything queued on the device is done.</summary>
    public abstract void Synchronize();

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether <c>auto</c> may choose the device; otherwise it is used only where it is named.</summary>
    internal virtual bool IsChosenAutomatically => true;

    /// <summary>The most elements that a tensor can have.</summary>
    internal virtual long MaxTensorElements => long.MaxValue;

    /// <summary>The most bytes that the driver promises to give at once; it may give more.</summary>
    internal virtual long MaxAllocationBytes => long.MaxValue;

    internal abstract bool TryAllocate(long bytes, out nint handle);

    internal abstract void Free(nint handle);

    /// <summary>Copies host bytes into a storage and returns when the source may be reused.</summary>
    internal abstract void Upload(ReadOnlySpan<byte> source, Storage target, long offsetBytes);

    /// <summary>Waits for the work before it, then copies a storage's bytes to the host.</summary>
    internal abstract void Download(Storage source, long offsetBytes, Span<byte> target);

    /// <summary>Runs a kernel's host body, or queues its device body.</summary>
    internal void Run<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        if (this is CompiledDevice compiled)
            compiled.RunDevice(kernel);
        else if (EngineOptions.Debug < 2)
            kernel.RunHost();
        else
            RunAndLog(kernel);
    }

    private void RunAndLog<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        var started = Stopwatch.GetTimestamp();
        kernel.RunHost();
        LaunchLog.Write(this, TKernel.Name, Stopwatch.GetElapsedTime(started));
    }

    private static Device Announced(Device device)
    {
        if (EngineOptions.Debug >= 1)
            Console.Error.WriteLine($"device {device.Name}: {device.Description}");
        return device;
    }

    private sealed class Selection : IDisposable
    {
        private readonly Device? outer = used;

        public Selection(Device device) => used = device;

        public void Dispose() => used = outer;
    }
}
