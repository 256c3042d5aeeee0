using GpuKeras.Kernels.Pooling;

namespace GpuKeras;

/// <summary>Where the maximum of every window is: the pixel of its image, row · width + column, as int32.</summary>
/// <param name="options">Window, strides and padding.</param>
internal sealed class MaxPoolPositionsOp(PoolingOptions options) : TensorOp
{
    /// <inheritdoc/>
    public override string Name => "max_pool_positions";

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => options.OutputShape(Name, inputs[0]);

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => DType.Int32;

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float64)
            Run<double>(inputs[0], output);
        else
            Run<float>(inputs[0], output);
    }

    private void Run<T>(Tensor x, Tensor output)
        where T : unmanaged =>
        output.Device.Run(new MaxPoolKernel<T>(x.View<T>(), default, output.View<int>(), options.Sizes(x.Shape)));
}
