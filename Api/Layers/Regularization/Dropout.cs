using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Layers;

/// <summary>Sets a random share of the inputs to 0 in training and scales the others, so that their mean stays.</summary>
/// <remarks>
/// Output shape = input shape. Kept values are multiplied by 1 / (1 − rate); a rate of 1 gives zeros. Does nothing when not training.
/// The mask depends on the seed, the number of the call and the element's position alone.
/// Srivastava et al. 2014, <c>jmlr.org/papers/v15/srivastava14a.html</c>.
/// </remarks>
[KerasKeys("rate", "seed")]
public sealed class Dropout : Layer
{
    private readonly RandomGenerator random;

    /// <summary>A dropout.</summary>
    /// <param name="rate">The share that is dropped, in [0, 1].</param>
    /// <param name="noiseShape">
    /// The shape of the mask: a size of 1 drops whole slices together, <see cref="Shape.Unknown"/> is the input's size.
    /// </param>
    /// <param name="seed">Fixes the masks; by default it is drawn from <see cref="Keras.SetRandomSeed"/>'s.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">The rate is out of range, or a size of the mask is 0.</exception>
    public Dropout(double rate, Shape? noiseShape = null, long? seed = null, string? name = null)
        : base(name)
    {
        Rate = DropoutRules.Checked(rate);
        if (noiseShape is { } shape && shape.Span.Contains(0))
            throw new ArgumentException(
                $"Invalid value received for argument `noise_shape`. Expected all dimensions to be positive integers or None. " +
                $"Received: noise_shape={shape.ToKerasString()}",
                nameof(noiseShape));
        (NoiseShape, Seed) = (noiseShape, seed);
        random = new RandomGenerator(seed ?? GlobalSeed.Next());
        SupportsMasking = true;
    }

    /// <summary>The share that is dropped.</summary>
    public double Rate { get; }

    /// <summary>The shape of the mask, or null for the input's.</summary>
    public Shape? NoiseShape { get; }

    /// <summary>The seed that was given, or null.</summary>
    public long? Seed { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        training && Rate > 0 ? inputs.AsFloatingPoint(DType).Dropout(Rate, random, NoiseShape) : inputs;
}
