namespace GpuKeras.Initializers;

/// <summary>Values whose variance is <c>scale / fan</c>, so that signals keep their size from layer to layer.</summary>
/// <remarks>The fan is the number of inputs of a unit, of its outputs, or their mean. He et al. 2015; Glorot and Bengio 2010.</remarks>
public class VarianceScaling : RandomInitializer
{
    // The standard deviation of a standard normal distribution truncated at ±2.
    private const double TruncatedStandardDeviation = 0.87962566103423978;

    private static readonly string[] Modes = ["fan_in", "fan_out", "fan_avg"];
    private static readonly string[] Distributions = ["uniform", "truncated_normal", "untruncated_normal"];

    /// <summary>An initializer with this variance and distribution.</summary>
    /// <param name="scale">The variance times the fan; positive.</param>
    /// <param name="mode"><c>fan_in</c>, <c>fan_out</c> or <c>fan_avg</c>.</param>
    /// <param name="distribution"><c>uniform</c>, <c>truncated_normal</c> (also <c>normal</c>) or <c>untruncated_normal</c>.</param>
    /// <param name="seed">The seed; by default drawn from the global one.</param>
    /// <param name="inputAxes">The axes that count as inputs, if not those of a kernel <c>[…, inputs, outputs]</c>.</param>
    /// <param name="outputAxes">The axes that count as outputs; given together with <paramref name="inputAxes"/>.</param>
    /// <exception cref="ArgumentException">The scale is not positive, or a name is unknown.</exception>
    public VarianceScaling(
        double scale = 1,
        string mode = "fan_in",
        string distribution = "truncated_normal",
        long? seed = null,
        IReadOnlyList<int>? inputAxes = null,
        IReadOnlyList<int>? outputAxes = null)
        : base(seed)
    {
        ArgumentNullException.ThrowIfNull(mode);
        ArgumentNullException.ThrowIfNull(distribution);
        if (!(scale > 0))
            throw new ArgumentOutOfRangeException(nameof(scale), $"VarianceScaling: scale must be positive; got {scale}");
        Scale = scale;
        Mode = OneOf(mode, Modes, nameof(mode));
        var lower = distribution.ToLowerInvariant();
        Distribution = OneOf(lower == "normal" ? "truncated_normal" : lower, Distributions, nameof(distribution));
        (InputAxes, OutputAxes) = (inputAxes, outputAxes);
    }

    /// <summary>The variance times the fan.</summary>
    public double Scale { get; }

    /// <summary>Which fan: <c>fan_in</c>, <c>fan_out</c> or <c>fan_avg</c>.</summary>
    public string Mode { get; }

    /// <summary>The distribution: <c>uniform</c>, <c>truncated_normal</c> or <c>untruncated_normal</c>.</summary>
    public string Distribution { get; }

    /// <summary>The axes that count as inputs, or null for those of a kernel.</summary>
    public IReadOnlyList<int>? InputAxes { get; }

    /// <summary>The axes that count as outputs, or null for those of a kernel.</summary>
    public IReadOnlyList<int>? OutputAxes { get; }

    /// <inheritdoc/>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32)
    {
        var fans = InputAxes is { } inputs && OutputAxes is { } outputs ? Fans.Of(shape, inputs, outputs) : Fans.Of(shape);
        var fan = Mode switch
        {
            "fan_in" => fans.In,
            "fan_out" => fans.Out,
            _ => (fans.In + fans.Out) / 2,
        };
        var variance = Scale / Math.Max(1, fan);
        var limit = Math.Sqrt(3 * variance);
        return Distribution switch
        {
            "truncated_normal" => Generator().TruncatedNormal(shape, 0, Math.Sqrt(variance) / TruncatedStandardDeviation, dtype),
            "untruncated_normal" => Generator().Normal(shape, 0, Math.Sqrt(variance), dtype),
            _ => Generator().Uniform(shape, -limit, limit, dtype),
        };
    }

    private static string OneOf(string value, string[] allowed, string parameter) => allowed.Contains(value)
        ? value
        : throw new ArgumentException($"VarianceScaling: {parameter} must be one of {string.Join(", ", allowed)}; got '{value}'", parameter);
}
