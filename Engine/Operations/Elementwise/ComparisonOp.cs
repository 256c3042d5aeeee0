using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(a, b) for each element of the inputs' broadcast shape, where f answers yes or no; the output is bool.</summary>
/// <typeparam name="TFunction">The comparison.</typeparam>
internal sealed class ComparisonOp<TFunction> : TensorOp
    where TFunction : struct, IBinaryFunction
{
    /// <summary>The operation has no parameters.</summary>
    public static ComparisonOp<TFunction> Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => TFunction.Name;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => Broadcasting.Combine(Name, inputs[0], inputs[1]);

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs)
    {
        base.InferDType(inputs);
        return DType.Bool;
    }

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: Run<float>(inputs[0], inputs[1], output); break;
            case DType.Float64: Run<double>(inputs[0], inputs[1], output); break;
            case DType.Int32: Run<int>(inputs[0], inputs[1], output); break;
            case DType.Int64: Run<long>(inputs[0], inputs[1], output); break;
            default: Run<byte>(inputs[0], inputs[1], output); break;
        }
    }

    private static void Run<T>(Tensor a, Tensor b, Tensor y)
        where T : unmanaged
    {
        var (shape, shapeA, shapeB) = (y.Shape, a.Shape, b.Shape);
        var plan = new Broadcast(shape.Span, shapeA.Span, shapeB.Span);
        y.Device.Run(new ComparisonKernel<TFunction, T>(default, plan, a.View<T>(), b.View<T>(), y.View<byte>()));
    }
}
