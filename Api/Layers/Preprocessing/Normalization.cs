using GpuKeras.Initializers;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>
/// Shifts and scales features to mean 0 and variance 1: <c>(x − mean) / √variance</c>, with moments taken from data or given.
/// </summary>
/// <remarks>
/// Output shape = input shape. <see cref="Adapt(Tensor)"/> takes the moments from data, for each entry of the kept axes. Weights if they
/// are not given: mean and variance, with the sizes of the kept axes, and count, none trained. Standard deviations below 1e-7 count as 1e-7.
/// </remarks>
[KerasKeys("axis", "invert")]
public sealed class Normalization : Layer
{
    private int[] kept = [];
    private int[] reduced = [];
    private Shape broadcast;
    private Shape builtFor;
    private Tensor? givenMean;
    private Tensor? givenDeviation;

    /// <summary>A layer that normalises features.</summary>
    /// <param name="axis">
    /// The axes with moments of their own; the last by default, <see cref="Axes.None"/> for one mean and variance of everything.
    /// </param>
    /// <param name="mean">The mean, whose shape broadcasts to the kept axes' sizes; by default it is taken from data.</param>
    /// <param name="variance">The variance, of the mean's shape.</param>
    /// <param name="invert">Whether to undo the normalization instead: <c>x · √variance + mean</c>.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">Only one of mean and variance is given, or their shapes do not fit.</exception>
    public Normalization(Axes axis = default, Tensor? mean = null, Tensor? variance = null, bool invert = false, string? name = null)
        : base(name)
    {
        if (mean is null != variance is null)
            throw new ArgumentException(
                "When setting values directly, both `mean` and `variance` must be set. " +
                $"Received: mean={mean?.ToString() ?? "None"} and variance={variance?.ToString() ?? "None"}");
        if (mean is not null && mean.Shape != variance!.Shape)
            throw new ShapeException(
                $"When setting values directly, `mean` and `variance` must have the same shape. Received: mean shape {mean.Shape.ToKerasString()} " +
                $"and variance shape {variance.Shape.ToKerasString()}");
        if (mean?.Rank > axis.Count)
            throw new ShapeException(
                $"The rank of `mean` must be less than or equal to the number of axes ({axis.Count}). " +
                $"Received: mean shape {mean.Shape.ToKerasString()} for axis {axis}");
        (Axis, Mean, Variance, Invert) = (axis, mean?.Keep(), variance?.Keep(), invert);
        SupportsMasking = true;
    }

    /// <summary>The axes with moments of their own.</summary>
    public Axes Axis { get; }

    /// <summary>The mean that was given, or null.</summary>
    public Tensor? Mean { get; }

    /// <summary>The variance that was given, or null.</summary>
    public Tensor? Variance { get; }

    /// <summary>Whether the normalization is undone.</summary>
    public bool Invert { get; }

    /// <summary>The mean that was taken from data; null if it was given.</summary>
    public Variable? AdaptedMean { get; private set; }

    /// <summary>The population variance that was taken from data; null if it was given.</summary>
    public Variable? AdaptedVariance { get; private set; }

    /// <summary>Keras' third weight, kept for its files; always 0.</summary>
    public Variable? Count { get; private set; }

    /// <summary>Takes mean and variance from data.</summary>
    /// <param name="data">All samples <c>[samples, …]</c>.</param>
    /// <exception cref="InvalidOperationException">Mean and variance were given.</exception>
    /// <exception cref="ShapeException">There are no samples, or the layer was built for other sizes.</exception>
    public void Adapt(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Adapt([data]);
    }

    /// <summary>Takes mean and variance from data that comes in batches; the result is that of all batches together.</summary>
    /// <inheritdoc cref="Adapt(Tensor)"/>
    /// <param name="batches">Batches <c>[batch, …]</c>, of any sizes.</param>
    public void Adapt(IEnumerable<Tensor> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (Mean is not null)
            throw new InvalidOperationException(
                $"Normalization layer '{Name}': mean and variance were given, so there is nothing to adapt.");
        var count = 0L;
        Tensor? mean = null;
        Tensor? variance = null;
        foreach (var batch in batches)
        {
            var x = batch.AsFloatingPoint(DType);
            EnsureBuilt(x);
            CheckAdapted(x.Shape);
            var added = x.Size / Math.Max(1, AdaptedMean!.Size);
            if (added == 0)
                continue;
            var (batchMean, batchVariance) = (reduced.Length == 0 ? x : x.Mean(reduced), reduced.Length == 0 ? x * 0 : x.Variance(reduced));
            if (mean is null || variance is null)
            {
                (mean, variance, count) = (batchMean, batchVariance, added);
                continue;
            }
            // The moments of two sets together (Chan, Golub and LeVeque 1979).
            var share = (double)added / (count + added);
            var difference = batchMean - mean;
            mean += difference * share;
            variance = variance * (1 - share) + batchVariance * share + difference.Square() * (share * (1 - share));
            count += added;
        }
        if (mean is null)
            throw new ShapeException($"Normalization layer '{Name}': adapt() received no samples. Hint: pass at least one.");
        AdaptedMean!.Assign(mean);
        AdaptedVariance!.Assign(variance!);
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        kept = Axis.Of(input, Name);
        reduced = [.. Enumerable.Range(0, input.Rank).Except(kept)];
        Shape moments = [.. kept.Select(axis => this.KnownSize(input, axis))];
        (builtFor, broadcast) = (input, input);
        foreach (var axis in reduced)
            broadcast = broadcast.With(axis, 1);
        if (Mean is not null)
        {
            givenMean = Spread(Mean);
            givenDeviation = Spread(Variance!).Sqrt().Maximum(Keras.Epsilon);
            return;
        }
        AdaptedMean = AddWeight("mean", moments, new Zeros(), trainable: false);
        AdaptedVariance = AddWeight("variance", moments, new Ones(), trainable: false);
        Count = AddWeight("count", [], new Zeros(), trainable: false, dtype: DType.Int32);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var x = inputs.AsFloatingPoint(DType);
        CheckAdapted(x.Shape);
        var mean = givenMean ?? AdaptedMean!.Reshape(broadcast);
        var deviation = givenDeviation ?? AdaptedVariance!.Reshape(broadcast).Sqrt().Maximum(Keras.Epsilon);
        return Invert ? x * deviation + mean : (x - mean) / deviation;
    }

    // Given moments are aligned with the kept axes from the right.
    private Tensor Spread(Tensor moments)
    {
        var shape = broadcast;
        for (var axis = 0; axis < shape.Rank; axis++)
            shape = shape.With(axis, 1);
        for (var fromEnd = 1; fromEnd <= moments.Rank; fromEnd++)
            shape = shape.With(kept[^fromEnd], moments.Shape[^fromEnd]);
        return moments.Cast(DType).Reshape(shape).BroadcastTo(broadcast);
    }

    private void CheckAdapted(in Shape input)
    {
        var fits = input.Rank == builtFor.Rank;
        foreach (var axis in kept)
            fits = fits && input[axis] == builtFor[axis];
        if (!fits)
            throw new ShapeException(
                $"layer '{Name}': was built for inputs of shape {builtFor.ToKerasString()}, whose axes {Axis} must stay; got {input.ToKerasString()}");
    }
}
