using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Peers;

/// <summary>Another of this library's own devices.</summary>
/// <param name="name">The peer's name.</param>
/// <param name="device">The device.</param>
internal sealed class DevicePeer(string name, Device device) : IPeer
{
    /// <summary>The CPU, beside another device.</summary>
    public const string Cpu = "cpu";

    /// <summary>The same kernels compiled by ILGPU, on the same device.</summary>
    public const string Ilgpu = "ilgpu";

    public string Name => name;

    public string Description => device.Description;

    /// <summary>The current device as ILGPU runs it.</summary>
    /// <exception cref="PeerAbsentException">It cannot, or has not been switched on.</exception>
    public static DevicePeer StartIlgpu()
    {
        try
        {
            return new DevicePeer(Ilgpu, Device.Get($"ilgpu:{Device.Current.Name}"));
        }
        catch (DeviceException absent)
        {
            throw new PeerAbsentException($"{absent.Message} GPUKERAS_PLUGINS switches ILGPU on (docs/ilgpu.md).", absent);
        }
    }

    public IReadOnlyList<IContender> Prepare(Workload workload, PeerCase peerCase, CompareSettings settings)
    {
        using var use = Device.Use(device.Name);
        var contender = workload.Prepare(settings);
        Comparison.WarmUp(contender, settings);
        return [new Contender(device, contender)];
    }

    public void Dispose()
    {
    }

    private sealed class Contender(Device device, InProcessContender inner) : IContender
    {
        public Evidence Evidence => inner.Evidence;

        public TimeSpan CoolDown => inner.CoolDown;

        public double Measure(TimeSpan window, int minimumCalls)
        {
            using var use = Device.Use(device.Name);
            return inner.Measure(window, minimumCalls);
        }

        public void Dispose() => inner.Dispose();
    }
}
