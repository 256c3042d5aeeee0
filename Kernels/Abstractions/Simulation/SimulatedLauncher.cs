using System.Runtime.InteropServices;

namespace GpuKeras.Kernels;

/// <summary>
/// Runs device bodies as plain C# over host memory, so that they can be stepped through in a debugger. Far too slow for more.
/// </summary>
/// <param name="profile">The device to pretend to be.</param>
public sealed unsafe class SimulatedLauncher(DeviceProfile profile) : ILauncher, IDisposable
{
    private readonly List<nint> allocations = [];
    private HostFaults? faults;

    /// <inheritdoc/>
    public DeviceProfile Profile { get; } = profile;

    /// <summary>A profile with the traits of a GPU.</summary>
    public static DeviceProfile GpuLike { get; } = new()
    {
        IsCpuLike = false,
        MaxGroupSize = 1024,
        SharedMemoryBytes = 48 << 10,
        Multiprocessors = 4,
    };

    /// <summary>A profile with the traits of a processor.</summary>
    public static DeviceProfile CpuLike { get; } = new()
    {
        IsCpuLike = true,
        MaxGroupSize = 4096,
        SharedMemoryBytes = 1 << 20,
        Multiprocessors = 2,
    };

    /// <inheritdoc/>
    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        var group = new SimulatedGroup(KernelConfig.Linear(1, 1), default);
        for (var i = 0; i < count; i++)
        {
            var index = new Index1D(i);
            // The item is there for its local memory only.
            new SimulatedItem(group, default).Run(values => body(index, values), arguments);
        }
        group.Dispose();
        faults?.ThrowIfReported();
    }

    /// <inheritdoc/>
    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        if (config.GroupSize > Profile.MaxGroupSize)
            throw new ArgumentException($"launch: a group has at most {Profile.MaxGroupSize} items; got {config}.", nameof(config));
        for (var z = 0; z < config.Grid.Z; z++)
        {
            for (var y = 0; y < config.Grid.Y; y++)
            {
                for (var x = 0; x < config.Grid.X; x++)
                {
                    using var group = new SimulatedGroup(config, new(x, y, z));
                    group.Run(body, arguments);
                }
            }
        }
        faults?.ThrowIfReported();
    }

    /// <inheritdoc/>
    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged
    {
        var address = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(length * sizeof(T), 1), 64);
        allocations.Add(address);
        return new(address, 0, length);
    }

    /// <inheritdoc/>
    public FaultCell Fault(Func<long, long, Exception> describe) => (faults ??= new(this)).Register(describe);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var address in allocations)
            NativeMemory.AlignedFree((void*)address);
        allocations.Clear();
    }
}
