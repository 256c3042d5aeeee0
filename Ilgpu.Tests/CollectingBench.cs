using System.Reflection;
using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies;

namespace GpuKeras.Tests.Ilgpu;

/// <summary>Notes the bodies that kernels launch and runs none.</summary>
/// <param name="profile">The device to pretend to be.</param>
internal sealed class CollectingBench(DeviceProfile profile) : HostBench, ILauncher
{
    private readonly List<IDisposable> scratch = [];

    /// <summary>The bodies; whether each has an index.</summary>
    public Dictionary<MethodInfo, bool> Bodies { get; } = [];

    /// <inheritdoc/>
    public DeviceProfile Profile => profile;

    public override void Dispose()
    {
        foreach (var array in scratch)
            array.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct => Bodies[body.Method] = true;

    /// <inheritdoc/>
    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct => Bodies[body.Method] = false;

    /// <inheritdoc/>
    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged => Input<T>(new T[length]);

    /// <inheritdoc/>
    public FaultCell Fault(Func<long, long, Exception> describe) => new(Input(new int[FaultCell.Length]), 1);

    protected override void Launch<TKernel>(in TKernel kernel) => kernel.RunDevice(this);
}
