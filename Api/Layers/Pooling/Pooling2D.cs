using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>What layers that pool windows of pixels share.</summary>
[KerasKeys("pool_size", "padding")]
public abstract class Pooling2D : Layer
{
    private protected Pooling2D(Size2D poolSize, Size2D? strides, PaddingMode padding, DataFormat dataFormat, string? name)
        : base(name)
    {
        PoolSize = poolSize.AtLeast(1, "pool_size");
        Strides = (strides ?? poolSize).AtLeast(1, "strides");
        (Padding, DataFormat) = (padding.NotCausal(), dataFormat);
        InputSpec = new() { Rank = 4 };
    }

    /// <summary>Rows and columns of the window.</summary>
    public Size2D PoolSize { get; }

    /// <summary>Rows and columns from one window to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>What happens at the edges.</summary>
    public PaddingMode Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }
}
