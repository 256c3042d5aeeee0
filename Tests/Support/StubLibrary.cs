using System.Diagnostics;
using System.Runtime.InteropServices;
using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>A driver's library without a device, written in C for tests: a script for its answers, and a log of what was asked.</summary>
/// <param name="variable">The environment variable that names the library to the engine.</param>
/// <param name="path">The library that a copy of the engine has found by it.</param>
/// <param name="source">The C file, in the project.</param>
internal sealed unsafe class StubLibrary(string variable, Func<string> path, params string[] source)
{
    private readonly Lazy<nint> library = new(() => NativeLibrary.Load(path()));

    private byte[]? built;

    /// <summary>What was launched, built and loaded since the last <see cref="Reset"/>, a line each.</summary>
    public string Calls => Text("stub_calls");

    /// <summary>Runs lambdas without captured variables in a copy of the engine that finds this library.</summary>
    /// <param name="body">The test.</param>
    /// <param name="end">What is called after it, such as <see cref="AssertNoFaults"/> of the copy's instance.</param>
    public void Run(Action body, Action end)
    {
        using var folder = new TemporaryFolder();
        // A file of its own is a library of its own, with variables of its own.
        var copy = new EngineCopy(new Dictionary<string, string>
        {
            [variable] = folder.Write("libstub.so", built ??= Build()),
            ["GPUKERAS_CACHE"] = folder.File("cache"),
            ["GPUKERAS_DEVICE"] = "cpu",
        });
        copy.Run(body);
        copy.Run(end);
    }

    /// <summary>Fails where something went wrong that a device might not show, such as memory freed while a kernel still used it.</summary>
    public void AssertNoFaults() => Assert.That(Text("stub_faults"), Is.Empty);

    /// <summary>Forgets all that was scripted and logged.</summary>
    public void Reset() => ((delegate* unmanaged<void>)Function("stub_reset"))();

    /// <summary>Lets a function return a code after so many calls that succeed, for so many calls.</summary>
    public void Fail(string function, int code, int after = 0, int times = int.MaxValue)
    {
        var name = Marshal.StringToCoTaskMemUTF8(function);
        ((delegate* unmanaged<nint, int, int, int, void>)Function("stub_fail"))(name, code, after, times);
        Marshal.FreeCoTaskMem(name);
    }

    /// <summary>How much memory the device has.</summary>
    public void Limit(long bytes) => ((delegate* unmanaged<nint, void>)Function("stub_limit"))((nint)bytes);

    /// <summary>What a function without arguments says.</summary>
    public string Text(string function) => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)Function(function))())!;

    /// <summary>The address of a function.</summary>
    public nint Function(string name) => NativeLibrary.GetExport(library.Value, name);

    private byte[] Build()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("stub libraries are built on Linux only");
        using var folder = new TemporaryFolder();
        var result = folder.File("libstub.so");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("gcc", ["-O1", "-shared", "-fPIC", "-o", result, Repository.PathOf(source)])
            {
                RedirectStandardError = true,
            })!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero, errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("a stub library needs gcc, which is not here");
        }
        return File.ReadAllBytes(result);
    }
}
