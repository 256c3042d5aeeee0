namespace GpuKeras.Layers;

/// <summary>Repeats a vector as the steps of a sequence.</summary>
/// <remarks>Input <c>[batch, features]</c>; output <c>[batch, n, features]</c>.</remarks>
public sealed class RepeatVector : Layer
{
    /// <summary>A layer that repeats.</summary>
    /// <param name="n">How many times.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException"><paramref name="n"/> is not positive.</exception>
    public RepeatVector(int n, string? name = null)
        : base(name)
    {
        if (n <= 0)
            throw new ArgumentException($"Argument `n` should be a positive integer. Received: n={n}", nameof(n));
        N = n;
        InputSpec = new() { Rank = 2 };
    }

    /// <summary>How many times.</summary>
    public int N { get; }

    /// <inheritdoc/>
    protected override bool AutoCast => false;

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        inputs.ExpandDims(1).BroadcastTo(inputs.Shape.Insert(1, N));
}
