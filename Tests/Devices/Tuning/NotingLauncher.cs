using GpuKeras.Kernels;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>Runs device bodies on the host, with scratch memory of zeros that can be looked at.</summary>
/// <param name="profile">The device to pretend to be.</param>
internal sealed class NotingLauncher(DeviceProfile profile) : ILauncher, IDisposable
{
    private readonly SimulatedLauncher launcher = new(profile);
    private readonly List<ArrayView<float>> memories = [];

    public DeviceProfile Profile => launcher.Profile;

    /// <summary>The sum of each scratch memory of float32.</summary>
    public IEnumerable<double> Sums => memories.Select(static memory => memory.Span.ToArray().Sum(static value => (double)value));

    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct => launcher.Launch(count, body, arguments);

    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct => launcher.Launch(config, body, arguments);

    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged
    {
        var memory = launcher.Scratch<T>(length);
        memory.Span.Clear();
        if (typeof(T) == typeof(float))
            memories.Add(memory.Cast<float>());
        return memory;
    }

    public FaultCell Fault(Func<long, long, Exception> describe) => launcher.Fault(describe);

    public void Dispose() => launcher.Dispose();
}
