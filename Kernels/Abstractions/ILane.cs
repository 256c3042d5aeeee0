using System.Numerics;

namespace GpuKeras.Kernels;

/// <summary>A number that elementwise functions are written in: one scalar, or one vector register of scalars.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <remarks>
/// A function written once over a lane serves every use: a vector register on the host (<see cref="FloatVector512"/> …),
/// one element on a GPU or in a scalar tail (<see cref="FloatLane"/>), and double precision (<see cref="DoubleLane"/>) for
/// reference values. There are no lane-wise branches; the <c>Where…</c> methods choose between two values. NaN compares false.
/// </remarks>
public interface ILane<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : struct, ILane<TSelf>
{
    /// <summary>The constant <paramref name="value"/> in every lane.</summary>
    static abstract TSelf Create(double value);

    /// <summary><paramref name="then"/> where a &lt; b, else <paramref name="otherwise"/>.</summary>
    static abstract TSelf WhereLess(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary><paramref name="then"/> where a ≤ b, else <paramref name="otherwise"/>.</summary>
    static abstract TSelf WhereLessOrEqual(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary><paramref name="then"/> where a = b, else <paramref name="otherwise"/>.</summary>
    static abstract TSelf WhereEqual(TSelf a, TSelf b, TSelf then, TSelf otherwise);

    /// <summary>The smaller of two numbers; NaN if either is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger of two numbers; NaN if either is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The largest integer not above x.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The nearest integer; halves go to the even one.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>The square root; NaN below zero.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>a · b + c, rounded once where the device can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>eˣ − 1, exact near zero.</summary>
    static abstract TSelf ExpM1(TSelf x);

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>log(1 + x), exact near zero.</summary>
    static abstract TSelf Log1P(TSelf x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>The error function.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>xʸ with C's special values.</summary>
    static abstract TSelf Pow(TSelf x, TSelf y);

    /// <summary>The sine of x radians.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>The cosine of x radians.</summary>
    static abstract TSelf Cos(TSelf x);

    /// <summary>The remainder of floored division: it has the sign of <paramref name="b"/> (Python's <c>%</c>).</summary>
    static abstract TSelf FloorModulo(TSelf a, TSelf b);
}

/// <summary>A lane type that moves between registers and host memory.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TElement">The type of one scalar.</typeparam>
public unsafe interface ILane<TSelf, TElement> : ILane<TSelf>
    where TSelf : struct, ILane<TSelf, TElement>
    where TElement : unmanaged
{
    /// <summary>How many scalars a register holds.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> scalars from an address that need not be aligned.</summary>
    static abstract TSelf Load(TElement* address);

    /// <summary>The scalar <paramref name="value"/> in every lane.</summary>
    static abstract TSelf Broadcast(TElement value);

    /// <summary>Writes <see cref="Count"/> scalars to an address that need not be aligned.</summary>
    void Store(TElement* address);
}
