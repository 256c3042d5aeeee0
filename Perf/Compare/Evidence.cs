using System.Text.Json.Serialization;

namespace GpuKeras.Perf.Compare;

/// <summary>What one side says about its work, so that a comparison of different work is noticed.</summary>
/// <remarks>A property that a side does not know is null and not compared.</remarks>
internal sealed record Evidence
{
    private const int SampleCount = 256;

    /// <summary>How many trainable parameters the model has.</summary>
    [JsonPropertyName("parameters")]
    public long? Parameters { get; init; }

    /// <summary>The loss of the first training step.</summary>
    [JsonPropertyName("first_loss")]
    public double? FirstLoss { get; init; }

    /// <summary>The mean loss of the last quarter of some steps on the same batch.</summary>
    [JsonPropertyName("last_loss")]
    public double? LastLoss { get; init; }

    /// <summary>Elements of the result, from the first to the last at equal distances.</summary>
    [JsonPropertyName("sample")]
    public IReadOnlyList<double>? Sample { get; init; }

    /// <summary>How far samples may be apart, as a share of the largest; for sums in single precision in another order if nothing else is said.</summary>
    [JsonIgnore]
    public double RelativeTolerance { get; init; } = 1e-4;

    /// <summary>A tensor's sample.</summary>
    public static Evidence Of(Tensor result) => new() { Sample = SampleOf(result.ToArray<float>()) };

    /// <summary>The elements of a result that are compared.</summary>
    public static IReadOnlyList<double> SampleOf(ReadOnlySpan<float> values)
    {
        var count = Math.Min(SampleCount, values.Length);
        var sample = new double[count];
        for (var i = 0; i < count; i++)
            sample[i] = values[count == 1 ? 0 : (int)((long)i * (values.Length - 1) / (count - 1))];
        return sample;
    }

    /// <summary>Checks that this side learned and that both sides do the same.</summary>
    /// <exception cref="DifferentWorkException">They do not; the message says what differs.</exception>
    public void CheckAgainst(Evidence other, string workload, string otherName)
    {
        CheckLearning(workload, "ours");
        other.CheckLearning(workload, otherName);
        if (Parameters is { } own && other.Parameters is { } theirs && own != theirs)
            throw Different(workload, $"the model has {own} parameters, and {theirs} in {otherName}");
        if (Sample is null || other.Sample is null)
            return;
        if (Sample.Count != other.Sample.Count)
            throw Different(workload, $"the result has {Sample.Count} samples, and {other.Sample.Count} in {otherName}");
        var allowed = RelativeTolerance * Sample.Max(Math.Abs);
        for (var i = 0; i < Sample.Count; i++)
            // Not "greater", so that NaN is a difference.
            if (!(Math.Abs(Sample[i] - other.Sample[i]) <= allowed))
                throw Different(workload, $"element {i} of the sampled result is {Sample[i]}, and {other.Sample[i]} in {otherName}");
    }

    private void CheckLearning(string workload, string side)
    {
        if (FirstLoss is { } first && LastLoss is { } last && !(double.IsFinite(first) && last < first))
            throw Different(workload, $"the loss of {side} must fall; it was {first} first and {last} last");
    }

    private static DifferentWorkException Different(string workload, string what) =>
        new(FormattableString.Invariant($"{workload}: the two sides do not do the same work: {what}"));
}
