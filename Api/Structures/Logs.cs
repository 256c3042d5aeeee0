using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace GpuKeras;

/// <summary>Values by name, in the order of their names: the loss and the metrics so far.</summary>
/// <remarks>A value may be read from the device only when somebody looks at it; it then stays as it was read.</remarks>
public sealed class Logs : IReadOnlyDictionary<string, double>
{
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<double> Values => entries.Values.Select(static entry => entry.Read());

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those that there are.</exception>
    public double this[string key]
    {
        get => TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"logs: has no '{key}'; it has {string.Join(", ", Keys)}");
        set => entries[key] = new Entry(value);
    }

    /// <summary>Adds a value that is read when somebody looks at it.</summary>
    public void AddLazily(string key, Func<double> read) => entries[key] = new Entry(read);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        var found = entries.TryGetValue(key, out var entry);
        value = found ? entry!.Read() : 0;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        foreach (var (key, entry) in entries)
            yield return new(key, entry.Read());
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Entry
    {
        private Func<double>? read;
        private double value;

        public Entry(double value) => this.value = value;

        public Entry(Func<double> read) => this.read = read;

        public double Read()
        {
            if (read is not null)
                (value, read) = (read(), null);
            return value;
        }
    }
}
