using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(x) for each element, where f answers yes or no; the output is bool.</summary>
/// <typeparam name="TFunction">The predicate.</typeparam>
internal sealed class PredicateOp<TFunction> : TensorOp
    where TFunction : struct, IUnaryFunction
{
    /// <summary>The operation has no parameters.</summary>
    public static PredicateOp<TFunction> Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => TFunction.Name;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => DType.Bool;

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: Run<float>(inputs[0], output); break;
            case DType.Float64: Run<double>(inputs[0], output); break;
            case DType.Int32: Run<int>(inputs[0], output); break;
            case DType.Int64: Run<long>(inputs[0], output); break;
            default: Run<byte>(inputs[0], output); break;
        }
    }

    private static void Run<T>(Tensor x, Tensor y)
        where T : unmanaged => y.Device.Run(new PredicateKernel<TFunction, T>(default, x.View<T>(), y.View<byte>()));
}
