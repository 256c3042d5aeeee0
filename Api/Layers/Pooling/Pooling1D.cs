using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>What layers that pool windows of steps share.</summary>
[KerasKeys("pool_size", "padding")]
public abstract class Pooling1D : Layer
{
    private protected Pooling1D(Size1D poolSize, Size1D? strides, PaddingMode padding, DataFormat dataFormat, string? name)
        : base(name)
    {
        PoolSize = poolSize.AtLeast(1, "pool_size");
        Strides = (strides ?? poolSize).AtLeast(1, "strides");
        (Padding, DataFormat) = (padding.NotCausal(), dataFormat);
        InputSpec = new() { Rank = 3 };
    }

    /// <summary>Steps of the window.</summary>
    public Size1D PoolSize { get; }

    /// <summary>Steps from one window to the next.</summary>
    public Size1D Strides { get; }

    /// <summary>What happens at the edges.</summary>
    public PaddingMode Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }
}
