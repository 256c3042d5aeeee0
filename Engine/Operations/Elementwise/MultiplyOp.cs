using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

/// <summary>a · b with broadcasting.</summary>
internal sealed class MultiplyOp : ZipOp<Multiply>
{
    /// <summary>The operation has no parameters.</summary>
    public static new MultiplyOp Instance { get; } = new();

    /// <remarks>∂a = ∂y · b, ∂b = ∂y · a, each summed over the axes that broadcasting repeated.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var (a, b) = (context.Inputs[0], context.Inputs[1]);
        if (context.Needs(0))
            context[0] = (context.Gradient * b).SumTo(a.Shape);
        if (context.Needs(1))
            context[1] = (context.Gradient * a).SumTo(b.Shape);
    }
}
