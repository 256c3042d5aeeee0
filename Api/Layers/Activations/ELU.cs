namespace GpuKeras.Layers;

/// <summary>Exponential linear unit: x above 0, <c>alpha · (exp(x) − 1)</c> below.</summary>
/// <remarks>Output shape = input shape. Clevert, Unterthiner and Hochreiter 2016, <c>arxiv.org/abs/1511.07289</c>.</remarks>
public sealed class ELU : Layer
{
    /// <summary>An exponential linear unit.</summary>
    /// <param name="alpha">The value that the function falls to, times −1.</param>
    /// <param name="name">The layer's name.</param>
    public ELU(double alpha = 1, string? name = null)
        : base(name)
    {
        Alpha = alpha;
        SupportsMasking = true;
    }

    /// <summary>The value that the function falls to, times −1.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => inputs.AsFloatingPoint(DType).Elu(Alpha);
}
