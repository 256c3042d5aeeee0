using System.Collections;
using System.Reflection;
using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Utilities;

namespace GpuKeras.Saving;

/// <summary>The fields of a layer as Keras sees attributes: by Python's names, in Keras' order.</summary>
internal static class SavedAttributes
{
    private const string BackingField = ">k__BackingField";

    // What the compiler calls the field of a primary constructor's parameter.
    private const string CapturedParameter = ">P";

    /// <summary>The attributes that hold layers, optimizers, or collections of them, with their values.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="naming">How leading underscores are taken.</param>
    /// <exception cref="InvalidOperationException">Two fields have one name.</exception>
    public static List<(string Name, object? Value)> Of(object owner, UnderscoreNaming naming)
    {
        var found = new Dictionary<string, FieldInfo>(StringComparer.Ordinal);
        for (var type = owner.GetType(); type is not null && !IsBase(type); type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (CanHold(field.FieldType) && !found.TryAdd(NameOf(field, naming), field))
                    throw new InvalidOperationException(
                        $"{owner.GetType().Name}: the fields '{found[NameOf(field, naming)].Name}' and '{field.Name}' are both '{NameOf(field, naming)}' in Keras' files. " +
                        $"Hint: rename one, or give it a [KerasName].");
        return [.. found.Select(pair => (pair.Key, pair.Value.GetValue(owner))).OrderBy(static pair => pair.Key, Order)];
    }

    /// <summary>Keras' order: by code points, private ones last.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(static (a, b) => string.CompareOrdinal(SortKey(a), SortKey(b)));

    /// <summary>Whether a value is a collection whose entries are looked at.</summary>
    public static IEnumerable? AsContainer(object? value) => value switch
    {
        IDictionary dictionary => dictionary.Values,
        string or Tensor => null,
        IEnumerable sequence => sequence,
        _ => null,
    };

    private static string SortKey(string name) => name.StartsWith('_') ? "~" + name : name;

    // The product's own base classes have no attributes of their own; its layers do.
    private static bool IsBase(Type type) =>
        type == typeof(object) || type == typeof(Layer) || type == typeof(Model) || type == typeof(Sequential) || type == typeof(Optimizer);

    private static bool CanHold(Type type) =>
        typeof(Layer).IsAssignableFrom(type) || typeof(Optimizer).IsAssignableFrom(type)
        || (typeof(IEnumerable).IsAssignableFrom(type) && (type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()).Any(CanHold));

    private static string NameOf(FieldInfo field, UnderscoreNaming naming)
    {
        if (field.GetCustomAttribute<KerasNameAttribute>() is { } own)
            return own.Name;
        var name = field.Name;
        if (name.StartsWith('<') && name.EndsWith(BackingField, StringComparison.Ordinal))
        {
            name = name[1..^BackingField.Length];
            const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            if (field.DeclaringType!.GetProperty(name, Declared)?.GetCustomAttribute<KerasNameAttribute>() is { } ofProperty)
                return ofProperty.Name;
        }
        else if (name.StartsWith('<') && name.EndsWith(CapturedParameter, StringComparison.Ordinal))
        {
            name = name[1..^CapturedParameter.Length];
        }
        if (naming == UnderscoreNaming.Ignored)
            name = name.TrimStart('_');
        return string.Join('_', name.Split('_').Select(Identifiers.ToSnakeCase));
    }
}
