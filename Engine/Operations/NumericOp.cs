using System.Numerics;

namespace GpuKeras;

/// <summary>An operation whose kernel exists for float32, float64, int32 and int64.</summary>
public abstract class NumericOp : TensorOp
{
    /// <inheritdoc/>
    /// <exception cref="DTypeException">The first input is of a dtype that has no arithmetic.</exception>
    public override DType InferDType(ReadOnlySpan<DType> inputs)
    {
        if (inputs[0] is DType.UInt8 or DType.Bool)
            throw new DTypeException(
                Name, "needs float32, float64, int32 or int64", $"{inputs[0].KerasName()}. Hint: Cast changes the dtype");
        return inputs[0];
    }

    /// <inheritdoc/>
    protected sealed override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (inputs[0].DType)
        {
            case DType.Float32: Run<float>(inputs, output); break;
            case DType.Float64: Run<double>(inputs, output); break;
            case DType.Int32: Run<int>(inputs, output); break;
            default: Run<long>(inputs, output); break;
        }
    }

    /// <summary>Launches the kernel for a first input of element type <typeparamref name="T"/>.</summary>
    protected abstract void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, INumber<T>;
}
