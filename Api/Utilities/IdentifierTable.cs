namespace GpuKeras.Utilities;

/// <summary>The objects of one kind that Keras' string identifiers name, by class name and in snake_case.</summary>
/// <typeparam name="T">The kind of object.</typeparam>
/// <param name="kind">The kind in error messages, such as <c>initializer</c>.</param>
/// <param name="makers">For each class name what makes an object with the defaults.</param>
internal sealed class IdentifierTable<T>(string kind, params (string ClassName, Func<T> Make)[] makers)
    where T : class
{
    private readonly Dictionary<string, Func<T>> byName = Index(makers);

    /// <summary>A new object for an identifier.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the message suggests the nearest name.</exception>
    public T Resolve(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return byName.TryGetValue(identifier, out var make) ? make() : throw Identifiers.Unknown(kind, identifier, byName.Keys);
    }

    private static Dictionary<string, Func<T>> Index((string ClassName, Func<T> Make)[] makers)
    {
        var index = new Dictionary<string, Func<T>>(StringComparer.Ordinal);
        foreach (var (className, make) in makers)
        {
            index[className] = make;
            index[Identifiers.ToSnakeCase(className)] = make;
        }
        return index;
    }
}
