using GpuKeras.Utilities;

namespace GpuKeras.Layers;

/// <summary>Adds normally distributed noise with mean 0 in training.</summary>
/// <remarks>Output shape = input shape. Does nothing when not training.</remarks>
public sealed class GaussianNoise : Layer
{
    private readonly RandomGenerator random;

    /// <summary>A layer that adds noise.</summary>
    /// <param name="stddev">The noise's standard deviation, in [0, 1].</param>
    /// <param name="seed">Fixes the noise; by default it is drawn from <see cref="Keras.SetRandomSeed"/>'s.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">The standard deviation is out of range.</exception>
    public GaussianNoise(double stddev, long? seed = null, string? name = null)
        : base(name)
    {
        Stddev = stddev is >= 0 and <= 1
            ? stddev
            : throw new ArgumentException(
                $"Invalid value received for argument `stddev`. Expected a float value between 0 and 1. Received: stddev={stddev}",
                nameof(stddev));
        Seed = seed;
        random = new RandomGenerator(seed ?? GlobalSeed.Next());
        SupportsMasking = true;
    }

    /// <summary>The noise's standard deviation.</summary>
    public double Stddev { get; }

    /// <summary>The seed that was given, or null.</summary>
    public long? Seed { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        // A trace has no values to change, and must not use up a draw.
        if (!training || Stddev == 0 || inputs.IsSymbolic)
            return inputs;
        return inputs.AsFloatingPoint(DType) + random.Normal(inputs.Shape, 0, Stddev, DType);
    }
}
