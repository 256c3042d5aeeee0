namespace GpuKeras;

/// <summary>An operation whose gradient is one kernel or, below another tape, a sequence of operations.</summary>
internal abstract class FusedGradientOp : FloatingPointOp
{
    /// <inheritdoc/>
    protected internal sealed override void Backward(BackwardContext context)
    {
        if (GradientTape.FollowsAny(context.Inputs, context.Gradient))
            BackwardRecorded(context);
        else if (context.Gradient.DType == DType.Float32)
            BackwardFused<float>(context);
        else
            BackwardFused<double>(context);
    }

    /// <summary>The gradient in one pass.</summary>
    protected abstract void BackwardFused<T>(BackwardContext context)
        where T : unmanaged;

    /// <summary>The same gradient in operations that an outer tape can follow.</summary>
    protected abstract void BackwardRecorded(BackwardContext context);
}
