using System.Collections.Concurrent;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>The closed table of types that a configuration may name: the product's own, and those that the program registers.</summary>
public static class KerasTypes
{
    private static readonly Lazy<Dictionary<string, Type>> BuiltIn = new(static () => typeof(KerasTypes).Assembly.GetExportedTypes()
        .Where(static type => !type.IsAbstract && typeof(IKerasObject).IsAssignableFrom(type))
        .ToDictionary(static type => type.Name, StringComparer.Ordinal));

    private static readonly ConcurrentDictionary<string, Type> Registered = new(StringComparer.Ordinal);

    /// <summary>Lets configurations name a type of the program's own, as <c>package>Name</c>.</summary>
    public static void Register<T>(string package = "Custom")
        where T : IKerasObject => Registered[$"{package}>{typeof(T).Name}"] = typeof(T);

    /// <summary>The name under which a type was registered, or null for a built-in one.</summary>
    internal static string? RegisteredName(Type type)
    {
        foreach (var (name, registered) in Registered)
            if (registered == type)
                return name;
        return BuiltIn.Value.GetValueOrDefault(type.Name) == type ? null : $"Custom>{type.Name}";
    }

    /// <summary>Keras' module of a built-in type, such as <c>keras.layers</c>.</summary>
    internal static string Module(Type type) => "keras" + (type.Namespace ?? "")["GpuKeras".Length..].ToLowerInvariant();

    /// <summary>The type that a configuration names.</summary>
    internal static Type Find(string name) =>
        BuiltIn.Value.GetValueOrDefault(name) ?? Registered.GetValueOrDefault(name)
        ?? throw Identifiers.Unknown("class", name, BuiltIn.Value.Keys.Concat(Registered.Keys));
}
