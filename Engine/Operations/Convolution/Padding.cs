namespace GpuKeras;

/// <summary>What a sliding window sees beyond the input's edges.</summary>
public enum Padding
{
    /// <summary>Windows lie inside the input. Output size ⌊(size − window) / stride⌋ + 1.</summary>
    Valid,

    /// <summary>Output size ⌈size / stride⌉; what is missing is added evenly on both sides, an odd one at the end.</summary>
    Same,

    /// <summary>One-dimensional convolutions only: padded at the start alone, so that no output depends on later inputs.</summary>
    Causal,
}
