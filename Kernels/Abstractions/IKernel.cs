namespace GpuKeras.Kernels;

/// <summary>One computation together with its arguments, ready to run on a device.</summary>
/// <remarks>
/// A kernel is a small struct: its fields are the views and scalars that it works on. It carries its bodies side by side,
/// so that a device never names an operation and an operation never names a device.
/// </remarks>
public interface IKernel
{
    /// <summary>The kernel's name in launch logs, in lower case with underscores.</summary>
    static abstract string Name { get; }

    /// <summary>The host body: vectorised C# over the views' host memory. Returns when the work is done.</summary>
    void RunHost();

    /// <summary>The device body: queues the launches that do the same work on a GPU.</summary>
    /// <param name="launcher">The device's queue; what is launched on it runs in order.</param>
    void RunDevice(ILauncher launcher);
}
