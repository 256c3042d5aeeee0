using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Devices.Cuda;

/// <summary>A CUDA driver without a GPU: stub_driver.c.</summary>
internal static unsafe class StubDriver
{
    private static readonly StubLibrary Library =
        new("GPUKERAS_CUDA", static () => EngineOptions.CudaLibrary!, "Tests", "Devices", "Cuda", "stub_driver.c");

    /// <inheritdoc cref="StubLibrary.Calls"/>
    public static string Calls => Library.Calls;

    /// <summary>Runs a lambda without captured variables in a copy of the engine that finds this driver.</summary>
    public static void Run(Action body) => Library.Run(body, static () => Library.AssertNoFaults());

    /// <inheritdoc cref="StubLibrary.Reset"/>
    public static void Reset() => Library.Reset();

    /// <summary>The machine that the driver plays.</summary>
    public static void Machine(int driverVersion = 12040, int devices = 1, int capability = 90) =>
        ((delegate* unmanaged<int, int, int, void>)Library.Function("stub_machine"))(driverVersion, devices, capability);

    /// <inheritdoc cref="StubLibrary.Fail"/>
    public static void Fail(string function, int code, int after = 0, int times = int.MaxValue) => Library.Fail(function, code, after, times);

    /// <inheritdoc cref="StubLibrary.Limit"/>
    public static void Limit(long bytes) => Library.Limit(bytes);

    /// <summary>Which streams work at once rather than when they are waited for: 1 the queue's, 2 that of uploads, 3 both.</summary>
    public static void Eager(int streams) => ((delegate* unmanaged<int, void>)Library.Function("stub_eager"))(streams);
}
