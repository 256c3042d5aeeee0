using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuKeras.Ilgpu;

/// <summary>Finds the accelerators that ILGPU has on this machine, or why it has none.</summary>
internal static class IlgpuSearch
{
    // Warps of 32 as on NVIDIA's GPUs, and groups as large as the launches over a count use; each item is a thread of the system.
    private const int WarpSize = 32;
    private const int WarpsPerGroup = 8;

    /// <summary>ILGPU's simulator: an operating system's thread for each item. For checking, not for speed.</summary>
    public static DeviceSearch Cpu()
    {
        var device = new CPUDevice(WarpSize, WarpsPerGroup, 1);
        var context = IlgpuContext.Create(static builder => builder.CPU(new CPUDevice(WarpSize, WarpsPerGroup, 1)));
        return new([new IlgpuDevice("ilgpu:cpu", "ilgpu:cpu", context, context.GetCPUDevices()[0].CreateCPUAccelerator(context), static other => new SimulatorBackend(other))], null);
    }

    public static DeviceSearch Cuda() => DeviceSearch.Absent("not yet");
    public static DeviceSearch OpenCl() => DeviceSearch.Absent("not yet");
}
