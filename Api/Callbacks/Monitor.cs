namespace GpuKeras.Callbacks;

/// <summary>A value of the logs that a callback follows, and what counts as an improvement of it.</summary>
internal sealed class Monitor
{
    private readonly string owner;
    private readonly string mode;
    private readonly double minDelta;
    private bool? higherIsBetter;

    /// <summary>Follows a value.</summary>
    /// <param name="owner">The callback's name, for messages.</param>
    /// <param name="name">The value's name in the logs.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c> to infer the direction from the metric.</param>
    /// <param name="minDelta">A smaller change is no improvement.</param>
    public Monitor(string owner, string name, string mode, double minDelta)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (mode is not ("auto" or "min" or "max"))
        {
            Warnings.Write($"{owner} mode '{mode}' is unknown, fallback to auto mode.");
            mode = "auto";
        }
        (this.owner, Name, this.mode, this.minDelta) = (owner, name, mode, Math.Abs(minDelta));
    }

    /// <summary>The value's name in the logs.</summary>
    public string Name { get; }

    /// <summary>The best value so far; null before the first.</summary>
    public double? Best { get; set; }

    /// <summary>The followed value; null, with a warning that names what there is, if the logs have none.</summary>
    public double? Read(Logs logs, string action)
    {
        if (logs.TryGetValue(Name, out var value))
            return value;
        Warnings.Write($"{action} `{Name}` which is not available. Available metrics are: {string.Join(",", logs.Keys)}");
        return null;
    }

    /// <summary>
    /// Whether <paramref name="value"/> is better than <paramref name="reference"/> by more than the least change. NaN never is.
    /// </summary>
    /// <exception cref="ArgumentException">The mode is <c>auto</c> and the direction cannot be inferred.</exception>
    public bool IsImprovement(Model model, double value, double? reference)
    {
        higherIsBetter ??= mode == "auto" ? Direction(model) : mode == "max";
        return higherIsBetter.Value
            ? value - minDelta > (reference ?? double.NegativeInfinity)
            : value + minDelta < (reference ?? double.PositiveInfinity);
    }

    private bool Direction(Model model)
    {
        var metric = Name.StartsWith("val_", StringComparison.Ordinal) ? Name["val_".Length..] : Name;
        if (metric == "loss" || metric.EndsWith("_loss", StringComparison.Ordinal))
            return false;
        foreach (var (name, measured) in model.Metrics)
            if (name == metric && measured.HigherIsBetter is { } direction)
                return direction;
        throw new ArgumentException(
            $"{owner} callback received monitor={Name}, but it cannot be determined whether that metric should be maximized " +
            "or minimized. Hint: pass mode: \"max\" to follow its highest value, or mode: \"min\" its lowest.");
    }
}
