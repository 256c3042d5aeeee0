extern alias Ours;

using System.Collections.Concurrent;
using System.Reflection;
using EngineKernels = Ours::GpuKeras.Kernels;

namespace GpuKeras.Ilgpu;

/// <summary>The types and methods of this assembly that were compiled from the same files as those of GpuKeras.Kernels.</summary>
internal static class Twins
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Source = typeof(EngineKernels.IKernel).Assembly;
    private static readonly ConcurrentDictionary<Type, Type> Types = new()
    {
        [typeof(EngineKernels.ArrayView<>)] = typeof(ArrayView<>),
        [typeof(EngineKernels.Index1D)] = typeof(Index1D),
    };

    /// <summary>The type of the same name here; types of other assemblies are their own twins.</summary>
    /// <exception cref="KernelCompilationException">There is none.</exception>
    public static Type Of(Type type) => Types.GetOrAdd(type, Find);

    /// <summary>The method of the same name and parameters here.</summary>
    /// <exception cref="KernelCompilationException">There is none.</exception>
    public static MethodInfo Of(MethodInfo method)
    {
        if (method.DeclaringType!.Assembly != Source)
            throw Missing(method.DeclaringType);
        var parameters = method.GetParameters().Select(static parameter => Of(parameter.ParameterType)).ToArray();
        return Of(method.DeclaringType).GetMethods(Declared)
            .Where(other => other.Name == method.Name && other.GetGenericArguments().Length == method.GetGenericArguments().Length)
            .Select(other => other.IsGenericMethodDefinition
                ? other.MakeGenericMethod(method.GetGenericArguments().Select(Of).ToArray())
                : other)
            .FirstOrDefault(other => other.GetParameters().Select(static parameter => parameter.ParameterType).SequenceEqual(parameters))
            ?? throw Missing(method.DeclaringType);
    }

    private static Type Find(Type type)
    {
        if (type.IsConstructedGenericType)
            return Of(type.GetGenericTypeDefinition()).MakeGenericType(Array.ConvertAll(type.GetGenericArguments(), Of));
        if (type.Assembly != Source)
            return type;
        return typeof(Twins).Assembly.GetType(type.FullName!) ?? throw Missing(type);
    }

    private static KernelCompilationException Missing(Type type) => new(
        type.ToString(), "GpuKeras.Ilgpu has not been built with this type's source", "see docs/ilgpu.md for what is left out, and why");
}
