using System.ComponentModel;
using System.Diagnostics;

namespace GpuKeras.Tests.Support;

/// <summary>Clang's OpenCL C front end, which most GPUs' compilers are made of: named by <c>GPUKERAS_CLANG</c>, or on the path.</summary>
internal static class Clang
{
    // Distributions put the version into the name.
    private static readonly string? Program = Environment.GetEnvironmentVariable("GPUKERAS_CLANG") is { } chosen
        ? Works(chosen) ? chosen : null
        : new[] { "clang" }.Concat(Enumerable.Range(14, 10).Select(static version => $"clang-{version}")).FirstOrDefault(Works);

    /// <summary>Whether there is one.</summary>
    public static bool IsPresent => Program is not null;

    // What OpenCL C 3.0 leaves to each device is not there, but for float64, which kernels for float64 name, and images, which the
    // header of the built-in functions does.
    private const string LeastOf30 = "-cl-ext=-all,+cl_khr_fp64,+__opencl_c_fp64,+cl_khr_int64_base_atomics,"
        + "+__opencl_c_images,+__opencl_c_read_write_images,+__opencl_c_3d_image_writes,+cl_khr_3d_image_writes";

    /// <summary>What the compiler says to a file of OpenCL C, with its warnings: nothing if all is well.</summary>
    /// <param name="file">The file.</param>
    /// <param name="standard"><c>CL1.2</c>, or <c>CL3.0</c> for a device with nothing that version 3.0 makes optional.</param>
    /// <remarks>Signed and unsigned numbers are converted to each other on purpose, and a block that only follows another needs no label.</remarks>
    public static string Check(string file, string standard) => Run(
        Program!, ["-x", "cl", $"-cl-std={standard}", .. standard == "CL3.0" ? new[] { "-cl-no-stdinc", "-Xclang", LeastOf30 } : [],
        "-Xclang", "-finclude-default-header", "-target", "spir64", "-fsyntax-only", "-Wall", "-Wextra",
        "-pedantic", "-Wconversion", "-Wno-sign-conversion", "-Wno-unused-label", "-Wno-unused-variable", "-fno-caret-diagnostics",
        file]).Output;

    private static bool Works(string program)
    {
        try
        {
            return Run(program, "--version").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors + (process.ExitCode == 0 ? "" : output.Result));
    }
}
