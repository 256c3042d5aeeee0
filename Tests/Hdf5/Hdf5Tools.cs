using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>The HDF5 library's own programs.</summary>
internal static class Hdf5Tools
{
    /// <summary>Runs h5dump, h5diff or another; where it is absent the running test is ignored with the reason.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error.</exception>
    public static string Run(string program, params string[] arguments) =>
        HelperProgram.TryRun(program, arguments, out var output, out var errors)
            ? output
            : HelperProgram.IsPresent(program)
                ? throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}{errors}")
                : throw new IgnoreException($"{program} is not here; install hdf5-tools.");
}
