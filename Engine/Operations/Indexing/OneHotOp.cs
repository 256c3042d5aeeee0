using System.Numerics;
using GpuKeras.Kernels.Indexing;

namespace GpuKeras;

/// <summary>A row with a single 1 for each class number: <c>[…]</c> → <c>[…, classes]</c>.</summary>
internal sealed class OneHotOp(int classes, DType dtype) : TensorOp
{
    /// <inheritdoc/>
    public override string Name => "one_hot";

    internal override object?[] Parameters => [classes, dtype];

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override DType InferDType(ReadOnlySpan<DType> inputs) => dtype;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0].Insert(-1, classes);

    /// <inheritdoc/>
    protected override void Forward(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (dtype)
        {
            case DType.Float32: Run<float>(inputs[0], output); break;
            case DType.Float64: Run<double>(inputs[0], output); break;
            case DType.Int32: Run<int>(inputs[0], output); break;
            case DType.Int64: Run<long>(inputs[0], output); break;
            default: Run<byte>(inputs[0], output); break;
        }
    }

    private void Run<T>(Tensor labels, Tensor output)
        where T : unmanaged, INumberBase<T>
    {
        switch (labels.DType)
        {
            case DType.Int32: output.Device.Run(new OneHotKernel<T, int>(labels.View<int>(), output.View<T>(), classes)); break;
            case DType.Int64: output.Device.Run(new OneHotKernel<T, long>(labels.View<long>(), output.View<T>(), classes)); break;
            default: output.Device.Run(new OneHotKernel<T, byte>(labels.View<byte>(), output.View<T>(), classes)); break;
        }
    }
}

public partial class Tensor
{
    /// <summary>A row with a single 1 for each class number; a number outside 0 … classes − 1 gives zeros, as in Keras.</summary>
    /// <param name="classes">How many classes there are: the size of the new axis.</param>
    /// <param name="axis">Where the new axis goes; −1 appends it.</param>
    /// <param name="dtype">The dtype of the result.</param>
    public Tensor OneHot(int classes, int axis = -1, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        var labels = DType.IsFloatingPoint() ? Cast(DType.Int64) : this;
        var rows = new OneHotOp(classes, dtype).Apply(labels);
        var resolved = AxisList.Resolve("one_hot", rows.Shape, axis);
        return resolved == rows.Rank - 1 ? rows : rows.Transpose(AxisList.MoveFromEnd(rows.Rank, resolved));
    }
}
