namespace GpuKeras.Layers;

/// <summary>Reorders the axes of each sample.</summary>
/// <remarks>Input <c>[batch, …]</c>; axis i of the output is axis <c>dims[i − 1]</c> of the input. The batch axis stays.</remarks>
public sealed class Permute : Layer
{
    private readonly int[] axes;

    /// <summary>A layer that reorders axes.</summary>
    /// <param name="dims">The input's axes in their new order, counted from 1: <c>[2, 1]</c> swaps two axes.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException"><paramref name="dims"/> is no permutation of 1, 2, …</exception>
    public Permute(int[] dims, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(dims);
        if (!dims.Order().SequenceEqual(Enumerable.Range(1, dims.Length)))
            throw new ArgumentException(
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and start from 1. " +
                $"Received dims=({string.Join(", ", dims)})", nameof(dims));
        Dims = [.. dims];
        axes = [0, .. dims];
        InputSpec = new() { Rank = axes.Length };
    }

    /// <summary>The input's axes in their new order, counted from 1.</summary>
    public IReadOnlyList<int> Dims { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs.Transpose(axes);
}
