using System.Reflection;
using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Finds the method that a call reaches.</summary>
internal static class CallTargets
{
    /// <summary>The method behind an interface member of a known type.</summary>
    /// <param name="failure">Makes exceptions.</param>
    /// <param name="method">What the IL names.</param>
    /// <param name="constrained">The type that it is called on, where the IL says so.</param>
    /// <param name="isVirtual">Whether the call may be virtual.</param>
    public static MethodBase Resolve(Failure failure, MethodBase method, Type? constrained, bool isVirtual)
    {
        if (typeof(Delegate).IsAssignableFrom(method.DeclaringType))
            throw failure.At("calls a delegate, which devices do not have", "use a struct with a method as a generic argument");
        if (constrained is { IsValueType: true } && method is MethodInfo info)
        {
            if (method.DeclaringType!.IsInterface)
                return Implementation(failure, info, constrained);
            if (!method.DeclaringType.IsValueType && Override(info, constrained) is { } overriding)
                return overriding;
        }
        if (isVirtual && method.IsVirtual && !method.DeclaringType!.IsValueType && constrained == null && !method.IsFinal)
            throw failure.At($"calls {Failure.Name(method)} on an object", "use structs, and generic arguments in place of interfaces");
        return method;
    }

    /// <summary>The method to compile in place of one that has a device body of its own.</summary>
    public static MethodBase DeviceBody(Failure failure, MethodBase method)
    {
        if (method.GetCustomAttribute<DeviceBodyAttribute>() is not { } attribute)
            return method;
        var parameters = method.GetParameters().Select(static parameter => parameter.ParameterType);
        var body = attribute.Type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(candidate => candidate.Name == method.Name)
            .Select(candidate => candidate.IsGenericMethodDefinition && method.IsGenericMethod
                ? candidate.MakeGenericMethod(method.GetGenericArguments())
                : candidate)
            .FirstOrDefault(candidate =>
                candidate.GetParameters().Select(static parameter => parameter.ParameterType).SequenceEqual(parameters));
        return body ?? throw failure.At(
            $"{Failure.Name(method)} has its device body in {attribute.Type.Name}, which has no such method",
            "give it the same name and parameters");
    }

    private static MethodInfo Implementation(Failure failure, MethodInfo method, Type type)
    {
        var definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        var map = type.GetInterfaceMap(method.DeclaringType!);
        var index = Array.FindIndex(map.InterfaceMethods, candidate => candidate.MetadataToken == definition.MetadataToken);
        var target = index < 0 ? null : map.TargetMethods[index];
        if (target == null)
            throw failure.At($"calls {Failure.Name(method)}, which {type.Name} does not have", "implement it");
        return method.IsGenericMethod ? target.MakeGenericMethod(method.GetGenericArguments()) : target;
    }

    private static MethodInfo? Override(MethodInfo method, Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .FirstOrDefault(candidate => candidate.DeclaringType == type && candidate.GetBaseDefinition() == method.GetBaseDefinition());
}
