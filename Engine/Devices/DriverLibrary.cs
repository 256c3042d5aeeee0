using System.Reflection;
using System.Runtime.InteropServices;

namespace GpuKeras;

/// <summary>A native library that a GPU's driver brings, looked for when it is first needed.</summary>
internal sealed class DriverLibrary
{
    /// <summary>The name of the OpenCL library in bindings.</summary>
    public const string OpenClName = "OpenCL";

    /// <summary>The name of the CUDA driver library in bindings.</summary>
    public const string CudaName = "cuda";

    private readonly string importName;
    private readonly string variable;
    private readonly string? chosen;
    private readonly string[] places;
    private readonly Lazy<nint> handle;

    static DriverLibrary() => NativeLibrary.SetDllImportResolver(typeof(DriverLibrary).Assembly, Resolve);

    private DriverLibrary(string importName, string variable, string? chosen, params string[] places)
    {
        (this.importName, this.variable, this.chosen, this.places) = (importName, variable, chosen, places);
        handle = new Lazy<nint>(Load);
    }

    /// <summary>The OpenCL loader.</summary>
    public static DriverLibrary OpenCl { get; } = new(
        OpenClName, "GPUKERAS_OPENCL", EngineOptions.OpenClLibrary,
        "libOpenCL.so.1", "libOpenCL.so", "OpenCL.dll", "/usr/local/nvidia/lib64/libOpenCL.so.1", "/usr/local/cuda/lib64/libOpenCL.so.1",
        "/System/Library/Frameworks/OpenCL.framework/OpenCL");

    /// <summary>The CUDA driver.</summary>
    public static DriverLibrary Cuda { get; } = new(
        CudaName, "GPUKERAS_CUDA", EngineOptions.CudaLibrary,
        "libcuda.so.1", "libcuda.so", "nvcuda.dll", "/usr/lib/wsl/lib/libcuda.so.1", "/usr/local/nvidia/lib64/libcuda.so.1");

    /// <summary>Whether the library could be loaded.</summary>
    public bool IsPresent => handle.Value != 0;

    /// <summary>Why the library is absent, for people.</summary>
    public string AbsenceReason => chosen is not null
        ? $"no library '{chosen}', which {variable} names"
        : $"no library {places[0]}. Hint: it comes with the device's driver; {variable} names one in another place";

    /// <summary>Whether the library has a function: the driver may be older than it.</summary>
    public bool Has(string function) => IsPresent && NativeLibrary.TryGetExport(handle.Value, function, out _);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        OpenClName => OpenCl.handle.Value,
        CudaName => Cuda.handle.Value,
        _ => 0,
    };

    private nint Load()
    {
        foreach (var place in chosen is null ? places : [chosen])
            if (NativeLibrary.TryLoad(place, out var loaded))
                return loaded;
        return 0;
    }
}
