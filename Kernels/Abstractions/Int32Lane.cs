using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>One int32 scalar as a lane.</summary>
/// <param name="Value">The number.</param>
/// <remarks>
/// Arithmetic wraps around. The transcendental functions are for floating-point lanes only; operations check the dtype first.
/// </remarks>
public readonly record struct Int32Lane(int Value) : ILane<Int32Lane, int>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe Int32Lane Load(int* address) => new(*address);

    /// <inheritdoc/>
    public static Int32Lane Broadcast(int value) => new(value);

    /// <inheritdoc/>
    public unsafe void Store(int* address) => *address = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int32Lane Create(double value) => new((int)value);

    /// <inheritdoc/>
    public static Int32Lane operator +(Int32Lane left, Int32Lane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Int32Lane operator -(Int32Lane left, Int32Lane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Int32Lane operator *(Int32Lane left, Int32Lane right) => new(left.Value * right.Value);

    /// <summary>The quotient rounded towards negative infinity; 0 when dividing by 0.</summary>
    public static Int32Lane operator /(Int32Lane left, Int32Lane right)
    {
        if (right.Value == 0)
            return default;
        // The smallest number divided by −1 traps on x86; it wraps around here.
        if (right.Value == -1)
            return -left;
        var quotient = left.Value / right.Value;
        return new(left.Value % right.Value != 0 && (left.Value < 0) != (right.Value < 0) ? quotient - 1 : quotient);
    }

    /// <inheritdoc/>
    public static Int32Lane operator -(Int32Lane value) => new(-value.Value);

    /// <inheritdoc/>
    public static Int32Lane WhereLess(Int32Lane a, Int32Lane b, Int32Lane then, Int32Lane otherwise) =>
        a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Int32Lane WhereLessOrEqual(Int32Lane a, Int32Lane b, Int32Lane then, Int32Lane otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Int32Lane WhereEqual(Int32Lane a, Int32Lane b, Int32Lane then, Int32Lane otherwise) =>
        a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Int32Lane Min(Int32Lane a, Int32Lane b) => a.Value < b.Value ? a : b;

    /// <inheritdoc/>
    public static Int32Lane Max(Int32Lane a, Int32Lane b) => a.Value > b.Value ? a : b;

    /// <inheritdoc/>
    public static Int32Lane Abs(Int32Lane x) => x.Value < 0 ? new(-x.Value) : x;

    /// <inheritdoc/>
    public static Int32Lane Floor(Int32Lane x) => x;

    /// <inheritdoc/>
    public static Int32Lane Round(Int32Lane x) => x;

    /// <inheritdoc/>
    public static Int32Lane MultiplyAdd(Int32Lane a, Int32Lane b, Int32Lane c) => a * b + c;

    /// <summary>The remainder of floored division; 0 when dividing by 0.</summary>
    public static Int32Lane FloorModulo(Int32Lane a, Int32Lane b) => b.Value == 0 ? default : a - a / b * b;

    /// <inheritdoc/>
    public static Int32Lane Sqrt(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane Exp(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane ExpM1(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane Log(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane Log1P(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane Tanh(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane Erf(Int32Lane x) => throw FloatingPointOnly();

    /// <summary>xʸ, wrapping around; for a negative exponent 1/xʸ without its fraction, and 0 for x = 0.</summary>
    public static Int32Lane Pow(Int32Lane x, Int32Lane y) => new((int)ScalarMath.Power(x.Value, y.Value));

    /// <inheritdoc/>
    public static Int32Lane Sin(Int32Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int32Lane Cos(Int32Lane x) => throw FloatingPointOnly();

    private static NotSupportedException FloatingPointOnly() => new("This function is defined for floating-point lanes only.");
}
