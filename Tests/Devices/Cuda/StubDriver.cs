using System.Diagnostics;
using System.Runtime.InteropServices;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Cuda;

/// <summary>A CUDA driver without a GPU (stub_driver.c): a script for its answers, and a log of what was asked.</summary>
internal static unsafe class StubDriver
{
    private static readonly Lazy<nint> Library = new(static () => NativeLibrary.Load(EngineOptions.CudaLibrary!));

    private static byte[]? built;

    /// <summary>What was launched, linked and loaded since the last <see cref="Reset"/>, a line each.</summary>
    public static string Calls => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Function("stub_calls"))())!;

    /// <summary>Runs a lambda without captured variables in a copy of the engine that finds this driver.</summary>
    public static void Run(Action body)
    {
        using var folder = new TemporaryFolder();
        // A file of its own is a library of its own, with variables of its own.
        var copy = new EngineCopy(new Dictionary<string, string>
        {
            ["GPUKERAS_CUDA"] = folder.Write("libstub.so", built ??= Build()),
            ["GPUKERAS_CACHE"] = folder.File("cache"),
            ["GPUKERAS_DEVICE"] = "cpu",
        });
        copy.Run(body);
        copy.Run(AssertNoFaults);
    }

    /// <summary>Forgets all that was scripted and logged.</summary>
    public static void Reset() => ((delegate* unmanaged<void>)Function("stub_reset"))();

    /// <summary>The machine that the driver plays.</summary>
    public static void Machine(int driverVersion = 12040, int devices = 1, int capability = 90) =>
        ((delegate* unmanaged<int, int, int, void>)Function("stub_machine"))(driverVersion, devices, capability);

    /// <summary>Lets a function return a code after so many calls that succeed, for so many calls.</summary>
    public static void Fail(string function, int code, int after = 0, int times = int.MaxValue)
    {
        var name = Marshal.StringToCoTaskMemUTF8(function);
        ((delegate* unmanaged<nint, int, int, int, void>)Function("stub_fail"))(name, code, after, times);
        Marshal.FreeCoTaskMem(name);
    }

    /// <summary>How much memory the device has.</summary>
    public static void Limit(long bytes) => ((delegate* unmanaged<nint, void>)Function("stub_limit"))((nint)bytes);

    /// <summary>Which streams work at once rather than when they are waited for: 1 the queue's, 2 that of uploads, 3 both.</summary>
    public static void Eager(int streams) => ((delegate* unmanaged<int, void>)Function("stub_eager"))(streams);

    // Such as memory that was freed while a kernel still used it: what a GPU might not show.
    private static void AssertNoFaults() =>
        Assert.That(Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Function("stub_faults"))()), Is.Empty);

    private static nint Function(string name) => NativeLibrary.GetExport(Library.Value, name);

    private static byte[] Build()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("the stub driver is built on Linux only");
        using var folder = new TemporaryFolder();
        var library = folder.File("libstub.so");
        var source = Repository.PathOf("Tests", "Devices", "Cuda", "stub_driver.c");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("gcc", ["-O1", "-shared", "-fPIC", "-o", library, source])
            {
                RedirectStandardError = true,
            })!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero, errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("the stub driver needs gcc, which is not here");
        }
        return File.ReadAllBytes(library);
    }
}
