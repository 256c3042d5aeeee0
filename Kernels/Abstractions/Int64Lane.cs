using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>One int64 scalar as a lane.</summary>
/// <param name="Value">The number.</param>
/// <remarks>
/// Arithmetic wraps around. The transcendental functions are for floating-point lanes only; operations check the dtype first.
/// </remarks>
public readonly record struct Int64Lane(long Value) : ILane<Int64Lane, long>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe Int64Lane Load(long* address) => new(*address);

    /// <inheritdoc/>
    public static Int64Lane Broadcast(long value) => new(value);

    /// <inheritdoc/>
    public unsafe void Store(long* address) => *address = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int64Lane Create(double value) => new((long)value);

    /// <inheritdoc/>
    public static Int64Lane operator +(Int64Lane left, Int64Lane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Int64Lane operator -(Int64Lane left, Int64Lane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Int64Lane operator *(Int64Lane left, Int64Lane right) => new(left.Value * right.Value);

    /// <summary>The quotient rounded towards negative infinity; 0 when dividing by 0.</summary>
    public static Int64Lane operator /(Int64Lane left, Int64Lane right)
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
    public static Int64Lane operator -(Int64Lane value) => new(-value.Value);

    /// <inheritdoc/>
    public static Int64Lane WhereLess(Int64Lane a, Int64Lane b, Int64Lane then, Int64Lane otherwise) =>
        a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Int64Lane WhereLessOrEqual(Int64Lane a, Int64Lane b, Int64Lane then, Int64Lane otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Int64Lane WhereEqual(Int64Lane a, Int64Lane b, Int64Lane then, Int64Lane otherwise) =>
        a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static Int64Lane Min(Int64Lane a, Int64Lane b) => a.Value < b.Value ? a : b;

    /// <inheritdoc/>
    public static Int64Lane Max(Int64Lane a, Int64Lane b) => a.Value > b.Value ? a : b;

    /// <inheritdoc/>
    public static Int64Lane Abs(Int64Lane x) => x.Value < 0 ? new(-x.Value) : x;

    /// <inheritdoc/>
    public static Int64Lane Floor(Int64Lane x) => x;

    /// <inheritdoc/>
    public static Int64Lane Round(Int64Lane x) => x;

    /// <inheritdoc/>
    public static Int64Lane MultiplyAdd(Int64Lane a, Int64Lane b, Int64Lane c) => a * b + c;

    /// <summary>The remainder of floored division; 0 when dividing by 0.</summary>
    public static Int64Lane FloorModulo(Int64Lane a, Int64Lane b) => b.Value == 0 ? default : a - a / b * b;

    /// <inheritdoc/>
    public static Int64Lane Sqrt(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane Exp(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane ExpM1(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane Log(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane Log1P(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane Tanh(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane Erf(Int64Lane x) => throw FloatingPointOnly();

    /// <summary>xʸ, wrapping around; for a negative exponent 1/xʸ without its fraction, and 0 for x = 0.</summary>
    public static Int64Lane Pow(Int64Lane x, Int64Lane y) => new(ScalarMath.Power(x.Value, y.Value));

    /// <inheritdoc/>
    public static Int64Lane Sin(Int64Lane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static Int64Lane Cos(Int64Lane x) => throw FloatingPointOnly();

    private static NotSupportedException FloatingPointOnly() => new("This function is defined for floating-point lanes only.");
}
