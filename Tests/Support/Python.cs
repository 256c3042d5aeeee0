using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Runs Python scripts of the repository with a Python that has a module, where there is one.</summary>
public static class Python
{
    // The distribution's Python has the distribution's packages, even where another comes first.
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3", "python"];

    private static readonly Dictionary<string, string?> Found = [];

    /// <summary>Runs a script and returns what it printed; without a suitable Python the running test is ignored with the reason.</summary>
    /// <param name="module">The module that the script imports.</param>
    /// <param name="package">The package that brings it.</param>
    /// <param name="arguments">The script and its arguments.</param>
    /// <exception cref="InvalidOperationException">The script ended with an error.</exception>
    public static string Run(string module, string package, params string[] arguments)
    {
        lock (Found)
            if (!Found.ContainsKey(module))
                Found[module] = Array.Find(Candidates, python => HelperProgram.TryRun(python, ["-c", $"import {module}"], out _, out _));
        if (Found[module] is not { } found)
            throw new IgnoreException($"No Python with {module} is here; install {package}.");
        return HelperProgram.TryRun(found, arguments, out var output, out var errors) ? output : throw new InvalidOperationException(errors);
    }
}
