using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

// Comparisons and logic. The results are bool; shapes broadcast. NaN is equal to nothing, and no comparison with it but NotEqual holds.
public partial class Tensor
{
    /// <summary>this &lt; other for each element, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Less(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ComparisonOp<Less>.Instance.Apply(a, b);
    }

    /// <summary>this &lt; other for each element.</summary>
    public Tensor Less(double other)
    {
        var number = For(other);
        return ComparisonOp<Less>.Instance.Apply(number, number.Beside(other));
    }

    /// <summary>this ≤ other for each element, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor LessEqual(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ComparisonOp<LessEqual>.Instance.Apply(a, b);
    }

    /// <summary>this ≤ other for each element.</summary>
    public Tensor LessEqual(double other)
    {
        var number = For(other);
        return ComparisonOp<LessEqual>.Instance.Apply(number, number.Beside(other));
    }

    /// <summary>this &gt; other for each element, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Greater(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ComparisonOp<Greater>.Instance.Apply(a, b);
    }

    /// <summary>this &gt; other for each element.</summary>
    public Tensor Greater(double other)
    {
        var number = For(other);
        return ComparisonOp<Greater>.Instance.Apply(number, number.Beside(other));
    }

    /// <summary>this ≥ other for each element, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor GreaterEqual(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ComparisonOp<GreaterEqual>.Instance.Apply(a, b);
    }

    /// <summary>this ≥ other for each element.</summary>
    public Tensor GreaterEqual(double other)
    {
        var number = For(other);
        return ComparisonOp<GreaterEqual>.Instance.Apply(number, number.Beside(other));
    }

    /// <summary>this = other for each element, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor Equal(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ComparisonOp<Equal>.Instance.Apply(a, b);
    }

    /// <summary>this = other for each element.</summary>
    public Tensor Equal(double other)
    {
        var number = For(other);
        return ComparisonOp<Equal>.Instance.Apply(number, number.Beside(other));
    }

    /// <summary>this ≠ other for each element, with broadcasting.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor NotEqual(Tensor other)
    {
        var (a, b) = Promote(this, other);
        return ComparisonOp<NotEqual>.Instance.Apply(a, b);
    }

    /// <summary>this ≠ other for each element.</summary>
    public Tensor NotEqual(double other)
    {
        var number = For(other);
        return ComparisonOp<NotEqual>.Instance.Apply(number, number.Beside(other));
    }

    /// <summary>a &lt; b for each element, with broadcasting; bool.</summary>
    public static Tensor operator <(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Less(b);
    }

    /// <summary>a &lt; b for each element; bool.</summary>
    public static Tensor operator <(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Less(b);
    }

    /// <summary>a ≤ b for each element, with broadcasting; bool.</summary>
    public static Tensor operator <=(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.LessEqual(b);
    }

    /// <summary>a ≤ b for each element; bool.</summary>
    public static Tensor operator <=(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.LessEqual(b);
    }

    /// <summary>a &gt; b for each element, with broadcasting; bool.</summary>
    public static Tensor operator >(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Greater(b);
    }

    /// <summary>a &gt; b for each element; bool.</summary>
    public static Tensor operator >(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Greater(b);
    }

    /// <summary>a ≥ b for each element, with broadcasting; bool.</summary>
    public static Tensor operator >=(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.GreaterEqual(b);
    }

    /// <summary>a ≥ b for each element; bool.</summary>
    public static Tensor operator >=(Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.GreaterEqual(b);
    }

    /// <summary>True where both are true, that is not 0, with broadcasting; bool.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor LogicalAnd(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ComparisonOp<LogicalAnd>.Instance.Apply(Cast(DType.Bool), other.Cast(DType.Bool));
    }

    /// <summary>True where either is true, that is not 0, with broadcasting; bool.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public Tensor LogicalOr(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ComparisonOp<LogicalOr>.Instance.Apply(Cast(DType.Bool), other.Cast(DType.Bool));
    }

    /// <summary>True where this is false, that is 0; bool.</summary>
    public Tensor LogicalNot() => PredicateOp<LogicalNot>.Instance.Apply(Cast(DType.Bool));

    /// <summary>True where this is NaN; bool.</summary>
    public Tensor IsNaN() => PredicateOp<IsNaN>.Instance.Apply(this);

    /// <summary>True where this is neither infinite nor NaN; bool.</summary>
    public Tensor IsFinite() => PredicateOp<IsFinite>.Instance.Apply(this);

    /// <summary><paramref name="a"/> where the condition holds, else <paramref name="b"/>, with broadcasting of all three.</summary>
    /// <param name="condition">bool, or numbers of which those ≠ 0 are true.</param>
    /// <param name="a">The values where the condition holds.</param>
    /// <param name="b">The values elsewhere.</param>
    /// <remarks>A NaN in the values not chosen reaches neither the result nor the gradient.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dtype = DTypes.Promote(a.DType, b.DType);
        return WhereOp.Instance.Apply(condition.Cast(DType.Bool), a.Cast(dtype), b.Cast(dtype));
    }

    /// <summary><paramref name="a"/> where the condition holds, else the number <paramref name="b"/>.</summary>
    public static Tensor Where(Tensor condition, Tensor a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        var values = a.For(b);
        return Where(condition, values, values.Beside(b));
    }

    /// <summary>The number <paramref name="a"/> where the condition holds, else <paramref name="b"/>.</summary>
    public static Tensor Where(Tensor condition, double a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        var values = b.For(a);
        return Where(condition, values.Beside(a), values);
    }
}
