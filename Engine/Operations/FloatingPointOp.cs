namespace GpuKeras;

/// <summary>An operation whose kernel exists for float32 and float64.</summary>
public abstract class FloatingPointOp : TensorOp
{
    /// <inheritdoc/>
    /// <exception cref="DTypeException">The first input is not of a floating-point dtype, or the inputs differ.</exception>
    public override DType InferDType(ReadOnlySpan<DType> inputs)
    {
        if (!inputs[0].IsFloatingPoint())
            throw new DTypeException(Name, "needs a floating-point dtype", inputs[0].KerasName());
        return base.InferDType(inputs);
    }

    /// <inheritdoc/>
    protected sealed override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float32)
            Run<float>(inputs, output);
        else
            Run<double>(inputs, output);
    }

    /// <summary>Launches the kernel for inputs of element type <typeparamref name="T"/>.</summary>
    protected abstract void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged;
}
