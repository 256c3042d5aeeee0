namespace GpuKeras;

/// <summary>
/// A kernel's C# cannot be compiled for a device: it uses what devices do not have, or misuses what they have, or there is no IL. With an inner exception
/// the fault is the compiler's own, and the message says how to report it.
/// </summary>
public sealed class KernelCompilationException : Exception
{
    /// <summary>Describes where, what and what to do about it.</summary>
    /// <param name="kernel">The kernel's method.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to write instead.</param>
    /// <param name="method">The method that has the problem, inlined into the kernel.</param>
    /// <param name="ilOffset">Where in that method's IL.</param>
    /// <param name="sourceLine">The source file and line, where debug symbols tell.</param>
    /// <param name="inner">What the compiler itself failed with, if the problem is a defect of it.</param>
    public KernelCompilationException(
        string kernel, string problem, string remedy, string? method = null, int ilOffset = 0, string? sourceLine = null,
        Exception? inner = null)
        : base($"kernel {kernel}: {problem}"
            + (method == null ? "" : $" (in {method}, IL_{ilOffset:x4}{(sourceLine == null ? "" : ", " + sourceLine)})")
            + $". Hint: {remedy}.", inner)
    {
        Method = method;
        IlOffset = ilOffset;
        SourceLine = sourceLine;
    }

    /// <summary>The method that has the problem.</summary>
    public string? Method { get; }

    /// <summary>Where in that method's IL.</summary>
    public int IlOffset { get; }

    /// <summary>The source file and line, where debug symbols tell.</summary>
    public string? SourceLine { get; }
}
