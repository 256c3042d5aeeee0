using System.Numerics;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>The same numbers in another dtype.</summary>
/// <param name="target">The output's dtype.</param>
internal sealed class CastOp(DType target) : TensorOp
{
    /// <inheritdoc/>
    public override string Name => "cast";

    internal override object?[] Parameters => [target];

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => target;

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: From<float>(inputs[0], output); break;
            case DType.Float64: From<double>(inputs[0], output); break;
            case DType.Int32: From<int>(inputs[0], output); break;
            case DType.Int64: From<long>(inputs[0], output); break;
            default: From<byte>(inputs[0], output); break;
        }
    }

    /// <remarks>∂x is ∂y in the input's dtype; through an integer dtype there is no gradient.</remarks>
    protected internal override void Backward(BackwardContext context) =>
        context[0] = context.Gradient.Cast(context.Inputs[0].DType);

    private void From<TSource>(Tensor x, Tensor y)
        where TSource : unmanaged, INumberBase<TSource>
    {
        switch (target)
        {
            case DType.Float32: Run<TSource, float>(x, y); break;
            case DType.Float64: Run<TSource, double>(x, y); break;
            case DType.Int32: Run<TSource, int>(x, y); break;
            case DType.Int64: Run<TSource, long>(x, y); break;
            case DType.UInt8: Run<TSource, byte>(x, y); break;
            default: y.Device.Run(new NonZeroKernel<TSource>(x.View<TSource>(), y.View<byte>())); break;
        }
    }

    private static void Run<TSource, TTarget>(Tensor x, Tensor y)
        where TSource : unmanaged, INumberBase<TSource>
        where TTarget : unmanaged, INumberBase<TTarget> =>
        y.Device.Run(new CastKernel<TSource, TTarget>(x.View<TSource>(), y.View<TTarget>()));
}

public partial class Tensor
{
    /// <summary>The same numbers in another dtype; the tensor itself if it has that dtype already.</summary>
    /// <param name="dtype">The dtype of the result.</param>
    /// <remarks>
    /// Floating point to integer drops the fraction, is limited to the integer's range and makes NaN 0; to a narrower integer keeps
    /// the low bits; to bool is ≠ 0. Between floating-point dtypes the gradient passes through.
    /// </remarks>
    public Tensor Cast(DType dtype) => dtype == DType ? this : new CastOp(dtype).Apply(this);
}
