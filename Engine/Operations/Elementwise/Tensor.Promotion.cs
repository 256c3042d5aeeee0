namespace GpuKeras;

// The dtype rules of elementwise operations; they are Keras'.
public partial class Tensor
{
    /// <summary>Both tensors in the dtype that holds the result of combining them; bool counts as int32.</summary>
    private static (Tensor A, Tensor B) Promote(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = DTypes.Promote(a.DType, b.DType);
        if (dtype == DType.Bool)
            dtype = DType.Int32;
        return (a.Cast(dtype), b.Cast(dtype));
    }

    /// <summary>This tensor as numbers: bool becomes int32.</summary>
    private Tensor AsNumber() => DType == DType.Bool ? Cast(DType.Int32) : this;

    /// <summary>This tensor in the dtype that combining it with a number gives: a fraction turns integers into float32.</summary>
    private Tensor For(double number) => double.IsInteger(number) ? AsNumber() : ToFloatingPoint();

    /// <summary>A number as a tensor of shape <c>[]</c> beside this one: of its dtype and on its device.</summary>
    internal Tensor Beside(double number)
    {
        var scalar = Empty(Shape.Scalar, DType, IsSymbolic ? Device.Current : Device);
        scalar.FillWith(number);
        return scalar;
    }

    private Tensor Map<TFunction>()
        where TFunction : struct, Kernels.Elementwise.IDifferentiableFunction => MapOp<TFunction>.Instance.Apply(this);

    private Tensor Map<TFunction>(TFunction function)
        where TFunction : struct, Kernels.Elementwise.IDifferentiableFunction => new MapOp<TFunction>(function).Apply(this);
}
