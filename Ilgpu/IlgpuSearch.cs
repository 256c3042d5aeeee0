using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuKeras.Ilgpu;

/// <summary>Finds the accelerators that ILGPU has on this machine, or why it has none. Each gets a Context of its own.</summary>
internal static class IlgpuSearch
{
    // Warps of 32 as on NVIDIA's GPUs, and groups as large as the launches over a count use; each item is a thread of the system.
    private const int WarpSize = 32;
    private const int WarpsPerGroup = 8;

    /// <summary>The kinds of device.</summary>
    public static IReadOnlyList<DeviceKind> Kinds { get; } =
    [
        new("ilgpu:cuda", Cuda),
        new("ilgpu:opencl", OpenCl),
        new("ilgpu:cpu", Cpu),
    ];

    private static DeviceSearch Cuda()
    {
        if (!DriverLibrary.Cuda.IsPresent)
            return DeviceSearch.Absent(DriverLibrary.Cuda.AbsenceReason);
        using var all = IlgpuContext.Create(static builder => builder.Cuda());
        var devices = new List<Device>();
        foreach (var found in all.GetCudaDevices())
        {
            var context = IlgpuContext.Create(builder => builder.Cuda(other => other.DeviceId == found.DeviceId));
            var accelerator = context.GetCudaDevices()[0].CreateCudaAccelerator(context);
            devices.Add(new IlgpuDevice("ilgpu:cuda", $"ilgpu:cuda:{devices.Count}", context, accelerator, other => new PTXBackend(
                other, accelerator.Capabilities, accelerator.Architecture, accelerator.InstructionSet, null)));
        }
        return devices.Count > 0 ? new(devices, null) : DeviceSearch.Absent("ILGPU finds no CUDA device");
    }

    private static DeviceSearch OpenCl()
    {
        if (!DriverLibrary.OpenCl.IsPresent)
            return DeviceSearch.Absent(DriverLibrary.OpenCl.AbsenceReason);
        using var all = IlgpuContext.Create(static builder => builder.OpenCL(static _ => true));
        var (devices, refused) = (new List<Device>(), new List<string>());
        foreach (var found in all.GetCLDevices())
        {
            if (!found.Capabilities.GenericAddressSpace)
            {
                refused.Add(found.Name);
                continue;
            }
            var context = IlgpuContext.Create(builder => builder.OpenCL(other => other.DeviceId == found.DeviceId));
            var accelerator = context.GetCLDevices()[0].CreateCLAccelerator(context);
            devices.Add(new IlgpuDevice("ilgpu:opencl", $"ilgpu:opencl:{devices.Count}", context, accelerator, other => new CLBackend(
                other, accelerator.Capabilities, accelerator.Vendor, accelerator.CLStdVersion)));
        }
        if (devices.Count > 0)
            return new(devices, null);
        return DeviceSearch.Absent(refused.Count > 0
            ? $"ILGPU refuses {string.Join(", ", refused)}: it needs OpenCL's generic address space"
            : "ILGPU finds no OpenCL device. Hint: it looks for 'libOpenCL.so', without '.1'");
    }

    /// <summary>ILGPU's simulator, an operating system's thread for each item: for checking, not for speed.</summary>
    private static DeviceSearch Cpu()
    {
        var context = IlgpuContext.Create(static builder => builder.CPU(new CPUDevice(WarpSize, WarpsPerGroup, 1)));
        var accelerator = context.GetCPUDevices()[0].CreateCPUAccelerator(context);
        return new([new IlgpuDevice("ilgpu:cpu", "ilgpu:cpu", context, accelerator, static other => new SimulatorBackend(other))], null);
    }
}
