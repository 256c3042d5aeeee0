using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace GpuKeras.Layers;

/// <summary>The fields of a type that may hold layers or variables, in the order of their declaration.</summary>
internal static class LayerFields
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Known = new();

    public static FieldInfo[] Of(Type type) => Known.GetOrAdd(type, static type =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(static field => CanHold(field.FieldType))
            .OrderBy(static field => field.MetadataToken),
    ]);

    private static bool CanHold(Type type) =>
        typeof(Layer).IsAssignableFrom(type) || typeof(Variable).IsAssignableFrom(type)
        || (typeof(IEnumerable).IsAssignableFrom(type) && HoldsLayers(type));

    private static bool HoldsLayers(Type type)
    {
        var elements = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
        return elements.Any(static element => CanHold(element));
    }
}
