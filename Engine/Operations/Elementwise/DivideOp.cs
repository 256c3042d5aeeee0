using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

/// <summary>a / b of floating-point tensors, with broadcasting.</summary>
internal sealed class DivideOp : ZipOp<Divide>
{
    /// <summary>The operation has no parameters.</summary>
    public static new DivideOp Instance { get; } = new();

    /// <remarks>∂a = ∂y / b, ∂b = −∂y / b · y, each summed over the axes that broadcasting repeated.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (a, b) = (context.Inputs[0], context.Inputs[1]);
        var quotient = context.Gradient / b;
        if (context.Needs(0))
            context[0] = quotient.SumTo(a.Shape);
        if (context.Needs(1))
            context[1] = -(quotient * context.Output).SumTo(b.Shape);
    }
}
