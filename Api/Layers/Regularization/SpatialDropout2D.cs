using System.Text.Json.Nodes;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Layers;

/// <summary>Drops whole channels of images in training, and scales the others.</summary>
/// <remarks>
/// Input and output <c>[batch, height, width, channels]</c>. Neighbouring pixels say much the same, so that dropping single ones would
/// regularize little. Tompson et al. 2015, <c>arxiv.org/abs/1411.4280</c>.
/// </remarks>
[KerasKeys("rate", "seed")]
public sealed class SpatialDropout2D : Layer
{
    private readonly RandomGenerator random;

    /// <summary>A dropout of channels.</summary>
    /// <param name="rate">The share of the channels that is dropped, in [0, 1].</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="seed">Fixes the masks; by default it is drawn from <see cref="Keras.SetRandomSeed"/>'s.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">The rate is out of range.</exception>
    public SpatialDropout2D(double rate, DataFormat dataFormat = default, long? seed = null, string? name = null)
        : base(name)
    {
        (Rate, DataFormat, Seed) = (DropoutRules.Checked(rate), dataFormat, seed);
        random = new RandomGenerator(seed ?? GlobalSeed.Next());
        SupportsMasking = true;
        InputSpec = new() { Rank = 4 };
    }

    /// <summary>The share of the channels that is dropped.</summary>
    public double Rate { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>The seed that was given, or null.</summary>
    public long? Seed { get; }

    /// <inheritdoc/>
    /// <remarks>Keras' layer writes no <c>trainable</c>, and its constructor takes none.</remarks>
    public override JsonObject GetConfig()
    {
        var config = base.GetConfig();
        config.Remove("trainable");
        return config;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => training && Rate > 0
        ? inputs.AsFloatingPoint(DType).Dropout(Rate, random, new Shape(inputs.Shape[0], 1, 1, inputs.Shape[3]))
        : inputs;
}
