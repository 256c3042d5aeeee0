using System.Reflection;

namespace GpuKeras.Compilation;

/// <summary>Makes the exceptions for C# that cannot be compiled.</summary>
/// <param name="kernel">The kernel's name.</param>
internal sealed class Failure(string kernel)
{
    private static readonly Assembly CoreLibrary = typeof(object).Assembly;

    private MethodBase? libraryMethod;

    /// <summary>Where the translation is: in code of a kernel, not in .NET's library.</summary>
    public SourceLocation Location { get; private set; }

    /// <summary>Notes where the translation is.</summary>
    public void Move(SourceLocation location)
    {
        libraryMethod = location.Method?.Module.Assembly == CoreLibrary ? location.Method : null;
        if (libraryMethod == null)
            Location = location;
    }

    /// <summary>The exception for a problem at the current location.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to write instead.</param>
    /// <param name="inner">What the compiler itself failed with, if anything.</param>
    public KernelCompilationException At(string problem, string remedy, Exception? inner = null)
    {
        if (libraryMethod != null)
            problem = $"calls {Name(libraryMethod)}, which {problem}";
        return Location.Method is { } method
            ? new(kernel, problem, remedy, Name(method), Location.Offset, SourceLines.Find(method, Location.Offset), inner)
            : new(kernel, problem, remedy, inner: inner);
    }

    /// <summary>A method's name with its type.</summary>
    public static string Name(MethodBase method)
    {
        var type = method.DeclaringType is { } declaring ? TypeName(declaring) + "." : "";
        var arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName))}>" : "";
        return type + method.Name + arguments;
    }

    private static string TypeName(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : name;
    }
}
