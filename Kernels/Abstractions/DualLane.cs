using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>A value together with its derivative with respect to one variable: forward-mode differentiation of any lane function.</summary>
/// <typeparam name="T">The lane of the value and of the derivative.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Tangent">The derivative.</param>
/// <remarks>
/// Elementwise functions state their first derivative; evaluating that statement on dual lanes gives the second, and so on for
/// dual lanes of dual lanes. Where the functions jump (floor, round, comparisons) the tangent of the chosen branch is taken.
/// </remarks>
public readonly record struct DualLane<T>(T Value, T Tangent) : ILane<DualLane<T>>
    where T : struct, ILane<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualLane<T> Create(double value) => new(T.Create(value), T.Create(0));

    /// <inheritdoc/>
    public static DualLane<T> operator +(DualLane<T> left, DualLane<T> right) =>
        new(left.Value + right.Value, left.Tangent + right.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> operator -(DualLane<T> left, DualLane<T> right) =>
        new(left.Value - right.Value, left.Tangent - right.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> operator *(DualLane<T> left, DualLane<T> right) =>
        new(left.Value * right.Value, left.Tangent * right.Value + left.Value * right.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> operator /(DualLane<T> left, DualLane<T> right)
    {
        var quotient = left.Value / right.Value;
        return new(quotient, (left.Tangent - quotient * right.Tangent) / right.Value);
    }

    /// <inheritdoc/>
    public static DualLane<T> operator -(DualLane<T> value) => new(-value.Value, -value.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> WhereLess(DualLane<T> a, DualLane<T> b, DualLane<T> then, DualLane<T> otherwise) => new(
        T.WhereLess(a.Value, b.Value, then.Value, otherwise.Value), T.WhereLess(a.Value, b.Value, then.Tangent, otherwise.Tangent));

    /// <inheritdoc/>
    public static DualLane<T> WhereLessOrEqual(DualLane<T> a, DualLane<T> b, DualLane<T> then, DualLane<T> otherwise) => new(
        T.WhereLessOrEqual(a.Value, b.Value, then.Value, otherwise.Value),
        T.WhereLessOrEqual(a.Value, b.Value, then.Tangent, otherwise.Tangent));

    /// <inheritdoc/>
    public static DualLane<T> WhereEqual(DualLane<T> a, DualLane<T> b, DualLane<T> then, DualLane<T> otherwise) => new(
        T.WhereEqual(a.Value, b.Value, then.Value, otherwise.Value), T.WhereEqual(a.Value, b.Value, then.Tangent, otherwise.Tangent));

    /// <inheritdoc/>
    public static DualLane<T> Min(DualLane<T> a, DualLane<T> b) =>
        new(T.Min(a.Value, b.Value), T.WhereLessOrEqual(a.Value, b.Value, a.Tangent, b.Tangent));

    /// <inheritdoc/>
    public static DualLane<T> Max(DualLane<T> a, DualLane<T> b) =>
        new(T.Max(a.Value, b.Value), T.WhereLessOrEqual(b.Value, a.Value, a.Tangent, b.Tangent));

    /// <inheritdoc/>
    public static DualLane<T> Abs(DualLane<T> x)
    {
        var zero = T.Create(0);
        var positive = T.WhereLess(zero, x.Value, x.Tangent, zero);
        return new(T.Abs(x.Value), T.WhereLess(x.Value, zero, -x.Tangent, positive));
    }

    /// <inheritdoc/>
    public static DualLane<T> Floor(DualLane<T> x) => new(T.Floor(x.Value), T.Create(0));

    /// <inheritdoc/>
    public static DualLane<T> Round(DualLane<T> x) => new(T.Round(x.Value), T.Create(0));

    /// <inheritdoc/>
    public static DualLane<T> Sqrt(DualLane<T> x)
    {
        var root = T.Sqrt(x.Value);
        return new(root, T.Create(0.5) * x.Tangent / root);
    }

    /// <inheritdoc/>
    public static DualLane<T> MultiplyAdd(DualLane<T> a, DualLane<T> b, DualLane<T> c) =>
        new(T.MultiplyAdd(a.Value, b.Value, c.Value), (a * b).Tangent + c.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> Exp(DualLane<T> x)
    {
        var exponential = T.Exp(x.Value);
        return new(exponential, exponential * x.Tangent);
    }

    /// <inheritdoc/>
    public static DualLane<T> ExpM1(DualLane<T> x) => new(T.ExpM1(x.Value), T.Exp(x.Value) * x.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> Log(DualLane<T> x) => new(T.Log(x.Value), x.Tangent / x.Value);

    /// <inheritdoc/>
    public static DualLane<T> Log1P(DualLane<T> x) => new(T.Log1P(x.Value), x.Tangent / (T.Create(1) + x.Value));

    /// <inheritdoc/>
    public static DualLane<T> Tanh(DualLane<T> x)
    {
        var tangent = T.Tanh(x.Value);
        return new(tangent, (T.Create(1) - tangent * tangent) * x.Tangent);
    }

    /// <inheritdoc/>
    public static DualLane<T> Erf(DualLane<T> x) =>
        new(T.Erf(x.Value), T.Create(2 / 1.7724538509055160273) * T.Exp(-x.Value * x.Value) * x.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> Pow(DualLane<T> x, DualLane<T> y)
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        var power = T.Pow(x.Value, y.Value);
        // A factor without its tangent must not bring in the NaN or infinity of the other's formula.
        var byBase = T.WhereEqual(y.Value, zero, zero, y.Value * T.Pow(x.Value, y.Value - one) * x.Tangent);
        var byExponent = T.WhereLessOrEqual(x.Value, zero, zero, power * T.Log(x.Value) * y.Tangent);
        return new(power, byBase + byExponent);
    }

    /// <inheritdoc/>
    public static DualLane<T> Sin(DualLane<T> x) => new(T.Sin(x.Value), T.Cos(x.Value) * x.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> Cos(DualLane<T> x) => new(T.Cos(x.Value), -T.Sin(x.Value) * x.Tangent);

    /// <inheritdoc/>
    public static DualLane<T> FloorModulo(DualLane<T> a, DualLane<T> b) =>
        new(T.FloorModulo(a.Value, b.Value), a.Tangent - T.Floor(a.Value / b.Value) * b.Tangent);
}
