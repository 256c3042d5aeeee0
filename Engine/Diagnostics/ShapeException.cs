namespace GpuKeras;

/// <summary>Tensors of these shapes cannot be combined this way.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Says what was asked, which rule was broken, the shapes that came, and the remedy.</summary>
    /// <param name="what">The operation or layer.</param>
    /// <param name="rule">What it needs.</param>
    /// <param name="got">What came, with names and shapes.</param>
    /// <param name="hint">The remedy, if there is one worth naming.</param>
    public ShapeException(string what, string rule, string got, string? hint = null)
        : base(hint is null ? $"{what}: {rule}; got {got}." : $"{what}: {rule}; got {got}. Hint: {hint}.")
    {
    }

    /// <summary>Passes on a message.</summary>
    public ShapeException(string message)
        : base(message)
    {
    }

    private ShapeException(string message, string layer, ShapeException inner)
        : base(message, inner) => Layer = layer;

    /// <summary>The name of the layer in which it happened, or null outside of layers.</summary>
    public string? Layer { get; }

    /// <summary>The same error, with the layer in which it happened.</summary>
    internal ShapeException In(string layer, string description) => new($"{description}: {Message}", layer, this);
}
