namespace GpuKeras.Saving;

/// <summary>How a model is made from its configuration.</summary>
internal sealed record ModelLoading
{
    /// <summary>The most bytes that all weights may take; known before their memory is taken. All of the machine's memory by default.</summary>
    public double MaxWeightBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Whether weights get first values. Not where a file has values for all of them: then they are zeros until it is read.</summary>
    public bool InitializeWeights { get; init; } = true;

    /// <summary>Whether the model is compiled if the configuration says how.</summary>
    public bool Compile { get; init; } = true;

    /// <summary>Whether the optimizer gets its slots. Not where a file may hold them: they may start from the weights' values, which are not there yet.</summary>
    public bool BuildOptimizer { get; init; } = true;
}
