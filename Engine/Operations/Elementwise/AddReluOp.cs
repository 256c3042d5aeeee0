using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

/// <summary>relu(a + b) with broadcasting.</summary>
internal sealed class AddReluOp : ZipOp<AddRelu>
{
    /// <summary>The operation has no parameters.</summary>
    public static new AddReluOp Instance { get; } = new();

    /// <remarks>∂a = ∂b = ∂y where y is positive, each summed over the axes that broadcasting repeated.</remarks>
    protected internal override void Backward(BackwardContext context)
    {
        var gradient = FusedActivation<Relu>.Gradient(context);
        if (context.Needs(0))
            context[0] = gradient.SumTo(context.Inputs[0].Shape);
        if (context.Needs(1))
            context[1] = gradient.SumTo(context.Inputs[1].Shape);
    }
}
