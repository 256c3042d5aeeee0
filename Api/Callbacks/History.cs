namespace GpuKeras.Callbacks;

/// <summary>Keeps every epoch's values; <c>Fit</c> returns it.</summary>
public sealed class History : Callback
{
    private readonly Dictionary<string, List<double>> values = [];
    private readonly List<int> epochs = [];

    /// <summary>The epochs' indices.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>The names of the values: <c>loss</c>, metrics, and with validation data <c>val_loss</c> ….</summary>
    public IReadOnlyCollection<string> Names => values.Keys;

    /// <summary>The values of one name, an epoch each.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those that there are.</exception>
    public IReadOnlyList<double> this[string name] => values.TryGetValue(name, out var list)
        ? list
        : throw new KeyNotFoundException($"history: has no '{name}'; it has {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}");

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        values.Clear();
        epochs.Clear();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        epochs.Add(epoch);
        foreach (var (name, value) in logs)
        {
            if (!values.TryGetValue(name, out var list))
                values[name] = list = [];
            list.Add(value);
        }
    }
}
