namespace GpuKeras.Layers;

/// <summary>What layers that pool whole axes share.</summary>
public abstract class GlobalPooling : Layer
{
    private protected GlobalPooling(int rank, DataFormat dataFormat, bool keepDims, string? name)
        : base(name)
    {
        (DataFormat, KeepDims) = (dataFormat, keepDims);
        InputSpec = new() { Rank = rank };
    }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Whether the pooled axes stay, with size 1.</summary>
    public bool KeepDims { get; }
}
