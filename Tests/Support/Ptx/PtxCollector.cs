using GpuKeras.Compilation;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Compiles the device bodies that are launched, and runs none.</summary>
/// <param name="profile">The device to pretend to be.</param>
/// <param name="architecture">Its compute capability times ten.</param>
internal sealed class PtxCollector(DeviceProfile profile, int architecture = PtxEmitter.Ampere) : ILauncher
{
    /// <summary>What was launched, in order.</summary>
    public List<(KernelConfig Config, PtxModule Module)> Launches { get; } = [];

    /// <inheritdoc/>
    public DeviceProfile Profile { get; } = profile;

    /// <inheritdoc/>
    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct => Launches.Add((KernelConfig.Linear((int)((count + 255) / 256), 256), PtxLauncher.Compile(body.Method, architecture, 256)));

    /// <inheritdoc/>
    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct => Launches.Add((config, PtxLauncher.Compile(body.Method, architecture, config.GroupSize)));

    /// <inheritdoc/>
    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged => new(0, 0, length);

    /// <inheritdoc/>
    public FaultCell Fault(Func<long, long, Exception> describe) => new(Scratch<int>(FaultCell.Length), 1);
}
