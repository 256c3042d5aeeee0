using System.Reflection;

namespace GpuKeras.Tests.Compilation;

/// <summary>Finds the two builds of the files of patterns.</summary>
internal static class IlBuilds
{
    /// <summary>The assembly of unoptimised patterns.</summary>
    public static Assembly DebugAssembly { get; } = typeof(PatternArguments).Assembly;

    /// <summary>The methods that are patterns.</summary>
    public static string[] PatternsOf(Type type) => Array.ConvertAll(
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly), static method => method.Name);

    /// <summary>A pattern in one of the builds.</summary>
    /// <param name="build">Which.</param>
    /// <param name="type">Its type in this assembly.</param>
    /// <param name="name">Its name.</param>
    public static MethodInfo Method(this IlBuild build, Type type, string name) =>
        (build == IlBuild.Debug ? DebugAssembly.GetType(type.FullName!, throwOnError: true)! : type).GetMethod(name)!;
}
