using System.Collections;

namespace GpuKeras;

/// <summary>Something for each output of a model: one for all, a list in the order of the outputs, or by output name.</summary>
/// <typeparam name="T">What each output has.</typeparam>
public abstract class PerOutput<T> : IEnumerable<T>
{
    private readonly List<T>? list;
    private readonly OrderedDictionary<string, T>? named;
    private readonly bool isSingle;

    private protected PerOutput() => named = new(StringComparer.Ordinal);

    private protected PerOutput(ReadOnlySpan<T> list, bool isSingle) => (this.list, this.isSingle) = ([.. list], isSingle);

    /// <summary>What the output of a name has.</summary>
    public T this[string output]
    {
        get => named is not null ? named[output] : throw new KeyNotFoundException($"there are no names here; asked for '{output}'");
        set => (named ?? throw new InvalidOperationException("only an object made with new() takes names"))[output] = value;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>?)list ?? named!.Values).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The entries in the order of the outputs; null if they are by name.</summary>
    internal IReadOnlyList<T>? List => list;

    /// <summary>The entries by output name; null if they are a list.</summary>
    internal IReadOnlyDictionary<string, T>? Named => named;

    /// <summary>Whether one entry is for all outputs.</summary>
    internal bool IsSingle => isSingle;

    /// <summary>What each output has, in the order of the outputs; outputs that are not named get <paramref name="otherwise"/>.</summary>
    /// <param name="what">The argument, for errors.</param>
    /// <param name="names">The outputs' names.</param>
    /// <param name="otherwise">For outputs that a dictionary leaves out.</param>
    /// <exception cref="ArgumentException">A list has another length, or a name is not an output's.</exception>
    internal T[] Distribute(string what, IReadOnlyList<string> names, T otherwise)
    {
        var result = new T[names.Count];
        if (list is not null)
        {
            if (!isSingle && list.Count != names.Count)
                throw new ArgumentException($"{what}: must have one entry for each of the {names.Count} outputs; got {list.Count}");
            for (var i = 0; i < result.Length; i++)
                result[i] = isSingle ? list[0] : list[i];
            return result;
        }
        foreach (var name in named!.Keys)
            if (!names.Contains(name))
                throw new ArgumentException($"{what}: '{name}' is no output of the model. Hint: its outputs are {string.Join(", ", names)}.");
        for (var i = 0; i < result.Length; i++)
            result[i] = named.TryGetValue(names[i], out var value) ? value : otherwise;
        return result;
    }
}
