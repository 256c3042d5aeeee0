using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>condition ? a : b for each element of the three inputs' broadcast shape.</summary>
internal sealed class WhereOp : TensorOp
{
    /// <summary>The operation has no parameters.</summary>
    public static WhereOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "where";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) =>
        Broadcasting.Combine(Name, inputs[0], Broadcasting.Combine(Name, inputs[1], inputs[2]));

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs)
    {
        if (inputs[0] != DType.Bool)
            throw new DTypeException(Name, "the condition must be bool", inputs[0].KerasName());
        return base.InferDType(inputs[1..]);
    }

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType.SizeBytes())
        {
            case 8: Run<long>(inputs, output); break;
            case 4: Run<int>(inputs, output); break;
            default: Run<byte>(inputs, output); break;
        }
    }

    /// <remarks>∂a = condition ? ∂y : 0 and ∂b = condition ? 0 : ∂y: a NaN in the branch not taken does not reach the gradient.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (condition, a, b) = (context.Inputs[0], context.Inputs[1], context.Inputs[2]);
        var zero = context.Gradient.Beside(0);
        if (context.Needs(1))
            context[1] = Apply(condition, context.Gradient, zero).SumTo(a.Shape);
        if (context.Needs(2))
            context[2] = Apply(condition, zero, context.Gradient).SumTo(b.Shape);
    }

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor y)
        where T : unmanaged
    {
        var (shape, shapeC, shapeA, shapeB) = (y.Shape, inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        var plan = new Broadcast(shape.Span, shapeC.Span, shapeA.Span, shapeB.Span);
        y.Device.Run(new WhereKernel<T>(plan, inputs[0].View<byte>(), inputs[1].View<T>(), inputs[2].View<T>(), y.View<T>()));
    }
}
