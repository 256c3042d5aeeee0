using System.Collections.Concurrent;
using System.Reflection;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>The closed table of types that a configuration may name: the product's own, and those that the program registers.</summary>
public static class KerasTypes
{
    // Several modules may have a class of one name: the layer and the initializer Identity, the loss and the metric Hinge.
    private static readonly Lazy<ILookup<string, Type>> BuiltIn = new(static () => typeof(KerasTypes).Assembly.GetExportedTypes()
        .Where(static type => !type.IsAbstract && typeof(IKerasObject).IsAssignableFrom(type))
        .ToLookup(ClassName, StringComparer.Ordinal));

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
        return BuiltIn.Value[ClassName(type)].Contains(type) ? null : $"Custom>{type.Name}";
    }

    /// <summary>Keras' class name of a type: its own unless <see cref="KerasClassAttribute"/> gives another.</summary>
    internal static string ClassName(Type type) => type.GetCustomAttribute<KerasClassAttribute>()?.Name ?? type.Name;

    /// <summary>Keras' module of a built-in type, such as <c>keras.layers</c>.</summary>
    internal static string Module(Type type) => type.GetCustomAttribute<KerasModuleAttribute>()?.Module
        ?? "keras" + (type.Namespace ?? "")["GpuKeras".Length..].ToLowerInvariant();

    /// <summary>The type that a configuration names.</summary>
    /// <param name="name">The class name, or a registered name.</param>
    /// <param name="module">Keras' module, such as <c>keras.losses</c> or <c>keras.src.losses.losses</c>, if the configuration has one.</param>
    /// <param name="expected">A type that it derives from; any by default.</param>
    /// <exception cref="ArgumentException">There is no such type, or several.</exception>
    internal static Type Find(string name, string? module = null, Type? expected = null)
    {
        var builtIn = BuiltIn.Value[name].Where(type => expected is null || expected.IsAssignableFrom(type)).ToList();
        if (builtIn.Count > 1 && module is not null)
            builtIn = [.. builtIn.Where(type => module.Split('.').Contains(Module(type).Split('.')[^1]))];
        if (builtIn.Count > 1)
            throw new ArgumentException(
                $"class '{name}': is in {string.Join(" and ", builtIn.Select(Module).Order())}; got module '{module ?? "none"}'. Hint: name one of them.");
        return builtIn.Count == 1
            ? builtIn[0]
            : Registered.GetValueOrDefault(name) ?? throw Identifiers.Unknown("class", name, BuiltIn.Value.Select(static types => types.Key).Concat(Registered.Keys));
    }
}
