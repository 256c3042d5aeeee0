using System.Collections.Concurrent;
using System.Reflection;
using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>The methods for which the compiler writes code of its own, rather than translating their IL.</summary>
internal static class KnownMethods
{
    private static readonly Dictionary<(Type Type, string Name), Func<KnownCall, StackValue?>> Table = new[]
    {
        ViewMethods.All, GroupMethods.All, AtomicMethods.All, RegisterMethods.All, PanelMethods.All, MathMethods.All, BitMethods.All,
        ReferenceMethods.All, TypeMethods.All,
    }.SelectMany(static table => table).ToDictionary(static entry => (entry.Type, entry.Name), static entry => entry.Write);

    private static readonly ConcurrentDictionary<MethodBase, Func<KnownCall, StackValue?>?> Cache = new();

    /// <summary>What writes a method's code; null for methods that are translated.</summary>
    public static Func<KnownCall, StackValue?>? Find(MethodBase method) => Cache.GetOrAdd(method, Search);

    private static Func<KnownCall, StackValue?>? Search(MethodBase method)
    {
        var type = method.DeclaringType!;
        if (type.Name == "<PrivateImplementationDetails>")
            return ReferenceMethods.FindInlineArrayHelper(method.Name);
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (Table.TryGetValue((definition, method.Name), out var known))
            return known;
        if (!method.IsDefined(typeof(DeviceIntrinsicAttribute)) || definition == typeof(ArrayView<>))
            return null;
        return static call => throw call.Fail($"calls {Failure.Name(call.Method)}, which the kernel compiler does not know", "report it");
    }
}
