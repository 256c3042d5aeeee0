using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

/// <summary>a − b with broadcasting.</summary>
internal sealed class SubtractOp : ZipOp<Subtract>
{
    /// <summary>The operation has no parameters.</summary>
    public static new SubtractOp Instance { get; } = new();

    /// <remarks>∂a = ∂y, ∂b = −∂y, each summed over the axes that broadcasting repeated.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        if (context.Needs(0))
            context[0] = context.Gradient.SumTo(context.Inputs[0].Shape);
        if (context.Needs(1))
            context[1] = -context.Gradient.SumTo(context.Inputs[1].Shape);
    }
}
