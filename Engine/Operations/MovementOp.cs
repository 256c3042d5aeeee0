namespace GpuKeras;

/// <summary>An operation that moves elements without looking at them: only their size matters.</summary>
public abstract class MovementOp : TensorOp
{
    /// <inheritdoc/>
    protected sealed override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (output.DType.SizeBytes())
        {
            case 8: Run<long>(inputs, output); break;
            case 4: Run<int>(inputs, output); break;
            default: Run<byte>(inputs, output); break;
        }
    }

    /// <summary>Launches the kernel for elements of the size of <typeparamref name="T"/>.</summary>
    protected abstract void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged;
}
