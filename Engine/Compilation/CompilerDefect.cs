using System.Runtime.InteropServices;

namespace GpuKeras.Compilation;

/// <summary>What nobody foresaw while a kernel was compiled: a defect of the compiler, as an exception that says where and how to report it.</summary>
internal static class CompilerDefect
{
    /// <summary>Whether an exception is neither about the kernel's C# nor about the machine.</summary>
    public static bool Is(Exception exception) => exception is not (KernelCompilationException or OutOfMemoryException);

    /// <summary>The exception for a defect; with <c>GPUKERAS_DUMP</c>, its report is in a file from here on.</summary>
    /// <param name="function">The kernel as far as it was compiled.</param>
    /// <param name="source">What of the kernel was being compiled.</param>
    /// <param name="exception">What happened.</param>
    public static KernelCompilationException Report(KernelFunction function, SourceLocation source, Exception exception)
    {
        var file = CompilationLog.WriteDefect(function.Name, Text(function, source, exception));
        var failure = new Failure(function.Source);
        failure.Move(source);
        return failure.At(
            $"the kernel compiler failed with {exception.GetType().Name}: {exception.Message.TrimEnd('.')}",
            "this is a defect of the compiler, not of the kernel; report it to the project with "
                + (file ?? $"the file {function.Name}.defect.txt, which GPUKERAS_DUMP=folder writes (the error's stack and the intermediate code)"),
            exception);
    }

    private static string Text(KernelFunction function, SourceLocation source, Exception exception)
    {
        string code;
        try
        {
            code = function.ToString();
        }
        catch (Exception second)
        {
            // Damaged code may not even print.
            code = second.ToString();
        }
        return $"""
            kernel: {function.Source}
            method: {(source.Method is { } method ? $"{Failure.Name(method)}, IL_{source.Offset:x4}" : "not known")}
            compiler: {typeof(CompilerDefect).Assembly.FullName}; {RuntimeInformation.FrameworkDescription}; {RuntimeInformation.RuntimeIdentifier}

            {exception}

            intermediate code so far:
            {code}

            """;
    }
}
