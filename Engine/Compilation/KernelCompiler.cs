using System.Reflection;
using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>
/// Compiles the static C# methods of device bodies: from their IL to <see cref="KernelFunction"/>s, which emitters write out.
/// </summary>
internal static class KernelCompiler
{
    // Each attempt adds to what is known; nested loops over structs need a few.
    private const int MaxAttempts = 200;

    /// <summary>Translates the method of a delegate that a launcher was given, and everything that it calls.</summary>
    /// <exception cref="KernelCompilationException">The body uses what devices do not have, or the program has no IL.</exception>
    public static KernelFunction Translate(Delegate body) => Translate(() => body.Method);

    /// <summary>Translates a method once it is known that there is IL.</summary>
    /// <param name="find">Finds the method; not supported, as reading its IL, where a program was published ahead of time.</param>
    internal static KernelFunction Translate(Func<MethodInfo> find) => Translate(WithIl(find));

    /// <summary>Translates a body and everything that it calls.</summary>
    /// <param name="body">A static method of an argument struct, or of an <see cref="Index1D"/> and an argument struct.</param>
    /// <exception cref="KernelCompilationException">The body uses what devices do not have.</exception>
    public static KernelFunction Translate(MethodInfo body)
    {
        var facts = new TranslationFacts();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            facts.Changed = false;
            if (Attempt(body, facts) is not { } function)
                continue;
            Optimize(function);
            return function;
        }
        throw new KernelCompilationException(Failure.Name(body), "is too complicated", "split it into several launches");
    }

    // Whether code can be made at run time says nothing: single-file programs cannot, and have their IL.
    private static MethodInfo WithIl(Func<MethodInfo> find)
    {
        MethodInfo? body = null;
        try
        {
            body = find();
            if (IlMethod.Of(body) is not null)
                return body;
        }
        catch (NotSupportedException)
        {
        }
        throw new KernelCompilationException(
            body is null ? "of this launch" : Failure.Name(body),
            "has no IL, which kernels are compiled from; a program that was published ahead of time keeps none",
            "publish with PublishAot=false (a program in a single file: #:property PublishAot=false), or use the device 'cpu'");
    }

    private static KernelFunction? Attempt(MethodInfo body, TranslationFacts facts)
    {
        var function = new KernelFunction
        {
            Name = KernelNames.Of(body),
            Source = Failure.Name(body),
            IsIndexed = body.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Index1D),
        };
        var translation = new Translation(function, facts);
        try
        {
            new BodyTranslator(translation).Translate(body);
            return facts.Changed ? null : function;
        }
        catch (Exception exception) when (facts.Changed && exception is not OutOfMemoryException)
        {
            // An attempt on a wrong assumption; the next one knows better.
            return null;
        }
        catch (Exception exception) when (CompilerDefect.Is(exception))
        {
            throw CompilerDefect.Report(function, translation.Failure.Location, exception);
        }
    }

    private static void Optimize(KernelFunction function)
    {
        try
        {
            Optimizer.Run(function);
        }
        catch (Exception exception) when (CompilerDefect.Is(exception))
        {
            throw CompilerDefect.Report(function, default, exception);
        }
    }
}
