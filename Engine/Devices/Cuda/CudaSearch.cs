namespace GpuKeras;

/// <summary>Finds the CUDA devices of this machine, in the driver's order.</summary>
internal static unsafe class CudaSearch
{
    // The first that takes PTX 7.0, which knows compute capability 8.0.
    private const int LeastDriverVersion = 11000;

    public static DeviceSearch Run()
    {
        if (!DriverLibrary.Cuda.IsPresent)
            return DeviceSearch.Absent(DriverLibrary.Cuda.AbsenceReason);
        if (!DriverLibrary.Cuda.Has("cuDevicePrimaryCtxRetain"))
            return DeviceSearch.Absent("the library is not a CUDA driver, or one from before CUDA 7");
        var status = CudaDriver.Init(0);
        if (status != CudaStatus.Success)
            return Failed("cuInit", status);
        int version, count;
        status = CudaDriver.DriverGetVersion(&version);
        if (status != CudaStatus.Success)
            return Failed("cuDriverGetVersion", status);
        if (version < LeastDriverVersion)
            return DeviceSearch.Absent(
                $"the driver is for CUDA {CudaInfo.VersionText(version)}; needs 11.0. Hint: install driver 450 or newer");
        status = CudaDriver.DeviceGetCount(&count);
        if (status != CudaStatus.Success)
            return Failed("cuDeviceGetCount", status);
        var found = new CudaInfo[count];
        for (var i = 0; i < count; i++)
            found[i] = new CudaInfo(DeviceOf(i), version);
        // Numbers count usable devices; CUDA_VISIBLE_DEVICES, which the driver reads, chooses among all.
        var usable = found.Where(static info => info.Shortcoming is null).ToArray();
        if (usable.Length > 0)
            return new(usable.Select(static (info, number) => new CudaDevice(info, number, KernelCache.Shared)).ToArray(), null);
        return DeviceSearch.Absent(found.Length == 0
            ? "the driver finds no device"
            : string.Join("; ", found.Select(static info => $"{info.Name} {info.Shortcoming}")));
    }

    private static int DeviceOf(int number)
    {
        int device;
        return CudaDriver.DeviceGet(&device, number) == CudaStatus.Success ? device : number;
    }

    private static DeviceSearch Failed(string call, int status) =>
        DeviceSearch.Absent($"{call} failed with {CudaStatus.NameOf(status)} ({status}): {CudaStatus.TextOf(status)}");
}
