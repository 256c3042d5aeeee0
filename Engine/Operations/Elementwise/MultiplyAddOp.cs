using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>a · b + c for each element of the three inputs' broadcast shape. The inputs have one dtype, the output's.</summary>
internal sealed class MultiplyAddOp : TensorOp
{
    /// <summary>The operation has no parameters.</summary>
    public static MultiplyAddOp Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "multiply_add";

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) =>
        Broadcasting.Combine(Name, Broadcasting.Combine(Name, inputs[0], inputs[1]), inputs[2]);

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType)
        {
            case DType.Float32: Run<float>(inputs, output); break;
            case DType.Float64: Run<double>(inputs, output); break;
            case DType.Int32: Run<int>(inputs, output); break;
            case DType.Int64: Run<long>(inputs, output); break;
            default: Run<byte>(inputs, output); break;
        }
    }

    /// <remarks>∂a = ∂y · b, ∂b = ∂y · a and ∂c = ∂y, each summed over the axes that broadcasting repeated.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (a, b, c) = (context.Inputs[0], context.Inputs[1], context.Inputs[2]);
        if (context.Needs(0))
            context[0] = (context.Gradient * b).SumTo(a.Shape);
        if (context.Needs(1))
            context[1] = (context.Gradient * a).SumTo(b.Shape);
        if (context.Needs(2))
            context[2] = context.Gradient.SumTo(c.Shape);
    }

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor y)
        where T : unmanaged
    {
        var (shape, shapeA, shapeB, shapeC) = (y.Shape, inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        var plan = new Broadcast(shape.Span, shapeA.Span, shapeB.Span, shapeC.Span);
        y.Device.Run(new MultiplyAddKernel<T>(plan, inputs[0].View<T>(), inputs[1].View<T>(), inputs[2].View<T>(), y.View<T>()));
    }
}
