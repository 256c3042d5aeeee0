using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

// Arithmetic of two tensors, or of a tensor and a number. Shapes broadcast as in NumPy; dtypes are promoted as in Keras.
public partial class Tensor
{
    /// <summary>a + b, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator +(Tensor a, Tensor b)
    {
        var (left, right) = Promote(a, b);
        return AddOp.Instance.Apply(left, right);
    }

    /// <summary>relu(this + b) in one pass, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    internal Tensor AddRelu(Tensor b)
    {
        var (left, right) = Promote(this, b);
        return AddReluOp.Instance.Apply(left, right);
    }

    /// <summary>a − b, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator -(Tensor a, Tensor b)
    {
        var (left, right) = Promote(a, b);
        return SubtractOp.Instance.Apply(left, right);
    }

    /// <summary>a · b, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator *(Tensor a, Tensor b)
    {
        var (left, right) = Promote(a, b);
        return MultiplyOp.Instance.Apply(left, right);
    }

    /// <summary>a / b, with broadcasting. Integers are divided as float32.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor operator /(Tensor a, Tensor b)
    {
        var (left, right) = Promote(a, b);
        return DivideOp.Instance.Apply(left.ToFloatingPoint(), right.ToFloatingPoint());
    }

    /// <summary>−x.</summary>
    public static Tensor operator -(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new LinearMapOp<Negate>(default).Apply(x.AsNumber());
    }

    /// <summary>a + b for each element; a fraction turns integers into float32.</summary>
    public static Tensor operator +(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new ShiftOp<BoundRight<Add>>(new BoundRight<Add>(b), negates: false).Apply(a.For(b));
    }

    /// <summary>a + b for each element; a fraction turns integers into float32.</summary>
    public static Tensor operator +(double a, Tensor b) => b + a;

    /// <summary>a − b for each element; a fraction turns integers into float32.</summary>
    public static Tensor operator -(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new ShiftOp<BoundRight<Subtract>>(new BoundRight<Subtract>(b), negates: false).Apply(a.For(b));
    }

    /// <summary>a − b for each element; a fraction turns integers into float32.</summary>
    public static Tensor operator -(double a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return new ShiftOp<BoundLeft<Subtract>>(new BoundLeft<Subtract>(a), negates: true).Apply(b.For(a));
    }

    /// <summary>a · b for each element; a fraction turns integers into float32.</summary>
    public static Tensor operator *(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new LinearMapOp<BoundRight<Multiply>>(new BoundRight<Multiply>(b)).Apply(a.For(b));
    }

    /// <summary>a · b for each element; a fraction turns integers into float32.</summary>
    public static Tensor operator *(double a, Tensor b) => b * a;

    /// <summary>a / b for each element. Integers are divided as float32.</summary>
    public static Tensor operator /(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new LinearMapOp<BoundRight<Divide>>(new BoundRight<Divide>(b)).Apply(a.ToFloatingPoint());
    }

    /// <summary>a / b for each element. Integers are divided as float32.</summary>
    public static Tensor operator /(double a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return b.ToFloatingPoint().Map(new BoundLeft<Divide>(a));
    }

    /// <summary>⌊this / divisor⌋, with broadcasting; for integers 0 when dividing by 0. The gradient is 0.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor FloorDivide(Tensor divisor)
    {
        var (a, b) = Promote(this, divisor);
        return ZipOp<FloorDivide>.Instance.Apply(a, b);
    }

    /// <summary>⌊this / divisor⌋ for each element; for integers 0 when dividing by 0. The gradient is 0.</summary>
    public Tensor FloorDivide(double divisor) => For(divisor).Map(new BoundRight<FloorDivide>(divisor));

    /// <summary>this − ⌊this / divisor⌋ · divisor, with broadcasting: the remainder has the divisor's sign, as Python's <c>%</c>.</summary>
    /// <remarks>Exact for floating point; NaN (0 for integers) when dividing by 0. The derivatives are 1 and −⌊this / divisor⌋.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor FloorModulo(Tensor divisor)
    {
        var (a, b) = Promote(this, divisor);
        return ZipOp<FloorModulo>.Instance.Apply(a, b);
    }

    /// <summary>this − ⌊this / divisor⌋ · divisor for each element: the remainder has the divisor's sign, as Python's <c>%</c>.</summary>
    public Tensor FloorModulo(double divisor) => For(divisor).Map(new BoundRight<FloorModulo>(divisor));

    /// <summary>This tensor to the power of <paramref name="exponent"/>, with broadcasting and C's special values.</summary>
    /// <remarks>∂this = b·aᵇ⁻¹, and 0 where b = 0; ∂exponent = aᵇ·log a, and 0 where a ≤ 0. Integers wrap around.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Pow(Tensor exponent)
    {
        var (a, b) = Promote(this, exponent);
        return ZipOp<Power>.Instance.Apply(a, b);
    }

    /// <summary>This tensor to the power of a number, element by element; a fraction turns integers into float32.</summary>
    public Tensor Pow(double exponent) => exponent == 2 ? Square() : For(exponent).Map(new BoundRight<Power>(exponent));

    /// <summary>
    /// The larger of two elements, with broadcasting; NaN if either is NaN. Equal elements give the gradient to this tensor.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Maximum(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ZipOp<Maximum>.Instance.Apply(a, b);
    }

    /// <summary>The larger of each element and a number; NaN stays NaN. Equal ones give the gradient to this tensor.</summary>
    public Tensor Maximum(double other) => For(other).Map(new BoundRight<Maximum>(other));

    /// <summary>
    /// The smaller of two elements, with broadcasting; NaN if either is NaN. Equal elements give the gradient to this tensor.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Minimum(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ZipOp<Minimum>.Instance.Apply(a, b);
    }

    /// <summary>The smaller of each element and a number; NaN stays NaN. Equal ones give the gradient to this tensor.</summary>
    public Tensor Minimum(double other) => For(other).Map(new BoundRight<Minimum>(other));

    /// <summary>(this − other)², with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor SquaredDifference(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ZipOp<SquaredDifference>.Instance.Apply(a, b);
    }

    /// <summary>this · factor + addend in one pass, with broadcasting of all three; float32 rounds once where the host can.</summary>
    /// <remarks>∂this = ∂y · factor, ∂factor = ∂y · this, ∂addend = ∂y. Integers wrap around.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor MultiplyAdd(Tensor factor, Tensor addend)
    {
        ArgumentNullException.ThrowIfNull(factor);
        var (a, c) = Promote(this, addend);
        (a, var b) = Promote(a, factor);
        return MultiplyAddOp.Instance.Apply(a, b, c.Cast(a.DType));
    }
}
