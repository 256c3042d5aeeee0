using System.Collections.Concurrent;
using System.Reflection;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>The closed table of types that a configuration may name: the product's own, and those that the program registers.</summary>
public static class KerasTypes
{
    private const string Functional = "Functional";

    // Several modules may have a class of one name: the layer and the initializer Identity, the loss and the metric Hinge.
    private static readonly Lazy<ILookup<string, Type>> BuiltIn = new(static () => typeof(KerasTypes).Assembly.GetExportedTypes()
        .Where(static type => !type.IsAbstract && typeof(IKerasObject).IsAssignableFrom(type))
        .ToLookup(ClassName, StringComparer.Ordinal));

    private static readonly ConcurrentDictionary<string, Type> Registered = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<Assembly, bool> Searched = new();

    /// <summary>Lets configurations name a type of the program's own, as <c>package>Name</c>.</summary>
    /// <remarks><see cref="KerasSerializableAttribute"/> on the type does the same.</remarks>
    public static void Register<T>(string package = "Custom", string? name = null)
        where T : IKerasObject => Registered[$"{package}>{name ?? typeof(T).Name}"] = typeof(T);

    /// <summary>The name under which a type was registered, or null for a built-in one.</summary>
    internal static string? RegisteredName(Type type)
    {
        foreach (var (name, registered) in Registered)
            if (registered == type)
                return name;
        if (type.GetCustomAttribute<KerasSerializableAttribute>() is { } marked)
            return MarkedName(type, marked);
        return BuiltIn.Value[ClassName(type)].Contains(type) ? null : $"Custom>{type.Name}";
    }

    /// <summary>Keras' class name of a type: its own unless <see cref="KerasClassAttribute"/> gives another.</summary>
    internal static string ClassName(Type type) =>
        type.GetCustomAttribute<KerasClassAttribute>()?.Name ?? (type == typeof(Model) ? Functional : type.Name);

    /// <summary>Keras' module of a built-in type, such as <c>keras.layers</c>.</summary>
    internal static string Module(Type type) => type == typeof(Model) ? "keras.src.models.functional"
        : type.GetCustomAttribute<KerasModuleAttribute>()?.Module
        ?? "keras" + (type.Namespace ?? "")["GpuKeras".Length..].ToLowerInvariant();

    /// <summary>The type that a configuration names.</summary>
    /// <param name="name">The class name, or a registered name.</param>
    /// <param name="module">Keras' module, such as <c>keras.losses</c> or <c>keras.src.losses.losses</c>, if the configuration has one.</param>
    /// <param name="expected">A type that it derives from; any by default.</param>
    /// <exception cref="ArgumentException">There is no such type, or several.</exception>
    internal static Type Find(string name, string? module = null, Type? expected = null)
    {
        var builtIn = Matching(name, module, expected);
        if (builtIn.Length > 1)
            throw new ArgumentException(
                $"class '{name}': is in {string.Join(" and ", builtIn.Select(Module).Order())}; got module '{module ?? "none"}'. Hint: name one of them.");
        return builtIn is [var type]
            ? type
            : FindRegistered(name) ?? throw Identifiers.Unknown("class", name, BuiltIn.Value.Select(static types => types.Key).Concat(Registered.Keys));
    }

    /// <summary>A type that a configuration may name so; null if there is none.</summary>
    internal static Type? TryFind(string name, string? module) => Matching(name, module, expected: null) is [var type, ..] ? type : FindRegistered(name);

    private static Type[] Matching(string name, string? module, Type? expected)
    {
        // Keras 2 calls a functional model so.
        var types = BuiltIn.Value[name == "Model" ? Functional : name].Where(type => expected is null || expected.IsAssignableFrom(type));
        if (module is not null)
            types = types.Where(type => module.Split('.').Contains(Module(type).Split('.')[^1]));
        return [.. types];
    }

    private static Type? FindRegistered(string name)
    {
        if (Registered.TryGetValue(name, out var type))
            return type;
        SearchAssemblies();
        return Registered.GetValueOrDefault(name);
    }

    // Only types that their author marked enter the table; a name in a file selects from it, and loads nothing.
    private static void SearchAssemblies()
    {
        var library = typeof(KerasTypes).Assembly;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.IsDynamic || !Searched.TryAdd(assembly, true) || !assembly.GetReferencedAssemblies().Any(name => name.Name == library.GetName().Name))
                continue;
            foreach (var type in assembly.GetTypes())
                if (type.GetCustomAttribute<KerasSerializableAttribute>() is { } marked && typeof(IKerasObject).IsAssignableFrom(type) && !type.IsAbstract)
                    Registered.TryAdd(MarkedName(type, marked), type);
        }
    }

    private static string MarkedName(Type type, KerasSerializableAttribute marked) => $"{marked.Package}>{marked.Name ?? type.Name}";
}
