using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>y = f(a, b) for each element of the inputs' broadcast shape. The inputs have one dtype, the output's.</summary>
/// <typeparam name="TFunction">The function, one without parameters.</typeparam>
/// <remarks>The gradient is ∂y · ∂f/∂a and ∂y · ∂f/∂b, summed over repeated axes; arithmetic overrides it with what is cheaper.</remarks>
internal class ZipOp<TFunction> : TensorOp
    where TFunction : struct, IDifferentiableBinaryFunction
{
    /// <summary>The operation has no parameters.</summary>
    public static ZipOp<TFunction> Instance { get; } = new();

    /// <inheritdoc/>
    public sealed override string Name => TFunction.Name;

    /// <inheritdoc/>
    public sealed override Shape InferShape(ReadOnlySpan<Shape> inputs) => Broadcasting.Combine(Name, inputs[0], inputs[1]);

    /// <summary>a = f(a, b), off all tapes; both have one shape, dtype and device.</summary>
    internal void RunInPlace(Variable a, Tensor b) => Forward([a, b], a);

    /// <inheritdoc/>
    protected sealed override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32: Run<float>(inputs[0], inputs[1], output); break;
            case DType.Float64: Run<double>(inputs[0], inputs[1], output); break;
            case DType.Int32: Run<int>(inputs[0], inputs[1], output); break;
            case DType.Int64: Run<long>(inputs[0], inputs[1], output); break;
            default: Run<byte>(inputs[0], inputs[1], output); break;
        }
    }

    /// <inheritdoc/>
    protected internal override void Backward(BackwardContext context)
    {
        var (a, b) = (context.Inputs[0], context.Inputs[1]);
        if (context.Needs(0))
            context[0] = (context.Gradient * ZipOp<PartialAOf<TFunction>>.Instance.Apply(a, b)).SumTo(a.Shape);
        if (context.Needs(1))
            context[1] = (context.Gradient * ZipOp<PartialBOf<TFunction>>.Instance.Apply(a, b)).SumTo(b.Shape);
    }

    private static void Run<T>(Tensor a, Tensor b, Tensor y)
        where T : unmanaged
    {
        var (shape, shapeA, shapeB) = (y.Shape, a.Shape, b.Shape);
        var plan = new Broadcast(shape.Span, shapeA.Span, shapeB.Span);
        y.Device.Run(new ZipKernel<TFunction, T>(default, plan, a.View<T>(), b.View<T>(), y.View<T>()));
    }
}
