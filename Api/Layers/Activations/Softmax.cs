namespace GpuKeras.Layers;

/// <summary>Softmax: <c>exp(x) / Σ exp(x)</c> along an axis.</summary>
/// <remarks>
/// Output shape = input shape. A mask of the input's shape, or one that broadcasts to it, leaves entries out: they become 0, also where
/// a whole row is masked.
/// </remarks>
public sealed class Softmax : Layer
{
    // What exp makes 0 in every dtype, and finite so that a row of such values has no NaN.
    private const double MaskedValue = -1e9;

    /// <summary>A softmax.</summary>
    /// <param name="axis">The axis along which the outputs sum to 1; the last by default. Several axes are taken as one.</param>
    /// <param name="name">The layer's name.</param>
    public Softmax(Axes axis = default, string? name = null)
        : base(name)
    {
        Axis = axis;
        SupportsMasking = true;
    }

    /// <summary>The axis along which the outputs sum to 1.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    protected override TensorStructure Call(TensorStructure inputs, CallContext context)
    {
        var x = inputs.Single.AsFloatingPoint(DType);
        if (context.Mask is not { } mask)
            return Apply(x);
        var outside = Tensor.Scalar(MaskedValue, x.DType);
        return Tensor.Where(mask, Apply(Tensor.Where(mask, x, outside)), Tensor.Scalar(0, x.DType));
    }

    private Tensor Apply(Tensor x)
    {
        if (Axis.Count == 1)
            return x.Softmax(Axis.Span[0]);
        var axes = Axis.Of(x.Shape, Name);
        var exponentials = (x - x.Max(axes, keepDims: true).StopGradient()).Exp();
        return exponentials / exponentials.Sum(axes, keepDims: true);
    }
}
