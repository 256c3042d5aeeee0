using System.Reflection;
using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support;

/// <summary>Notes the device bodies that are launched, and runs none.</summary>
internal sealed class BodyCollector(DeviceProfile profile) : ILauncher
{
    /// <summary>What was launched.</summary>
    public HashSet<MethodInfo> Bodies { get; } = [];

    /// <summary>The items of the largest group that was asked for; 0 if all launches gave a count.</summary>
    public int LargestGroup { get; private set; }

    /// <inheritdoc/>
    public DeviceProfile Profile { get; } = profile;

    /// <inheritdoc/>
    public void Launch<TArguments>(long count, Action<Index1D, TArguments> body, in TArguments arguments)
        where TArguments : struct => Bodies.Add(body.Method);

    /// <inheritdoc/>
    public void Launch<TArguments>(KernelConfig config, Action<TArguments> body, in TArguments arguments)
        where TArguments : struct
    {
        Bodies.Add(body.Method);
        LargestGroup = Math.Max(LargestGroup, config.GroupSize);
    }

    /// <inheritdoc/>
    public ArrayView<T> Scratch<T>(long length)
        where T : unmanaged => new(0, 0, length);

    /// <inheritdoc/>
    public FaultCell Fault(Func<long, long, Exception> describe) => new(Scratch<int>(FaultCell.Length), 1);
}
