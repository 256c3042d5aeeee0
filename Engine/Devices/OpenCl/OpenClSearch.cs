using System.Runtime.InteropServices;

namespace GpuKeras;

/// <summary>Finds the OpenCL devices of this machine, GPUs first.</summary>
internal static unsafe partial class OpenClSearch
{
    private const ulong AllTypes = 0xFFFFFFFF;

    public static DeviceSearch Run()
    {
        if (!DriverLibrary.OpenCl.IsPresent)
            return DeviceSearch.Absent(DriverLibrary.OpenCl.AbsenceReason);
        if (!DriverLibrary.OpenCl.Has("clEnqueueMigrateMemObjects"))
            return DeviceSearch.Absent("the OpenCL library is older than OpenCL 1.2");
        PreparePocl();
        uint count = 0;
        var status = OpenClDriver.GetPlatformIds(0, null, &count);
        if (status == OpenClStatus.PlatformNotFound || status == OpenClStatus.Success && count == 0)
            return DeviceSearch.Absent(
                "the OpenCL library finds no platform. Hint: install a device's OpenCL driver; pocl-opencl-icd is one for processors");
        if (status != OpenClStatus.Success)
            return DeviceSearch.Absent($"clGetPlatformIDs failed with {OpenClStatus.NameOf(status)}");

        var platforms = new nint[count];
        fixed (nint* first = platforms)
            _ = OpenClDriver.GetPlatformIds(count, first, null);
        var found = platforms.SelectMany(DevicesOf).OrderBy(static info => info.IsGpu ? 0 : info.IsCpuLike ? 2 : 1).ToArray();
        var usable = found.Where(static info => info.Shortcoming is null).ToArray();
        if (usable.Length > 0)
            return new(usable.Select(static (info, number) => new OpenClDevice(info, number, KernelCache.Shared)).ToArray(), null);
        return DeviceSearch.Absent(found.Length == 0
            ? $"the OpenCL library has {count} platform(s) but no device"
            : string.Join("; ", found.Select(static info => $"{info.Name} {info.Shortcoming}")));
    }

    private static OpenClInfo[] DevicesOf(nint platform)
    {
        uint count = 0;
        if (OpenClDriver.GetDeviceIds(platform, AllTypes, 0, null, &count) != OpenClStatus.Success || count == 0)
            return [];
        var devices = new nint[count];
        fixed (nint* first = devices)
            _ = OpenClDriver.GetDeviceIds(platform, AllTypes, count, first, null);
        return devices.Select(static device => new OpenClInfo(device)).ToArray();
    }

    // PoCL vectorises over items only if this is in its environment, and .NET's own environment is a copy that native code does not see.
    // What the user set stays.
    private static void PreparePocl()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            _ = SetEnvironment("POCL_WORK_GROUP_METHOD", "loopvec", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
