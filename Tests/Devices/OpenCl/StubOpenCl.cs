using System.Runtime.InteropServices;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>An OpenCL library without a device: stub_opencl.c.</summary>
internal static unsafe class StubOpenCl
{
    private static readonly StubLibrary Library =
        new("GPUKERAS_OPENCL", static () => EngineOptions.OpenClLibrary!, "Tests", "Devices", "OpenCl", "stub_opencl.c");

    /// <inheritdoc cref="StubLibrary.Calls"/>
    public static string Calls => Library.Calls;

    /// <summary>What was made and not released, such as <c>contexts 1 queues 1 buffers 3</c>.</summary>
    public static string Live => Library.Text("stub_live");

    /// <summary>Runs a lambda without captured variables in a copy of the engine that finds this library.</summary>
    public static void Run(Action body) => Library.Run(body, static () => Library.AssertNoFaults());

    /// <inheritdoc cref="StubLibrary.Reset"/>
    public static void Reset() => Library.Reset();

    /// <inheritdoc cref="StubLibrary.Fail"/>
    public static void Fail(string function, int code, int after = 0, int times = int.MaxValue) => Library.Fail(function, code, after, times);

    /// <inheritdoc cref="StubLibrary.Limit"/>
    public static void Limit(long bytes) => Library.Limit(bytes);

    /// <summary>Whether the queue works at once rather than when it is waited for.</summary>
    public static void Eager(bool isEager) => ((delegate* unmanaged<int, void>)Library.Function("stub_eager"))(isEager ? 1 : 0);

    /// <summary>One number that the device says of itself, by the number of its <c>CL_DEVICE_…</c> constant.</summary>
    public static void Info(uint name, ulong value) => ((delegate* unmanaged<uint, ulong, void>)Library.Function("stub_info"))(name, value);

    /// <summary>The versions of the platform and of the driver.</summary>
    public static void Versions(string platform, string driver)
    {
        var (platformText, driverText) = (Marshal.StringToCoTaskMemUTF8(platform), Marshal.StringToCoTaskMemUTF8(driver));
        ((delegate* unmanaged<nint, nint, void>)Library.Function("stub_versions"))(platformText, driverText);
        Marshal.FreeCoTaskMem(platformText);
        Marshal.FreeCoTaskMem(driverText);
    }
}
