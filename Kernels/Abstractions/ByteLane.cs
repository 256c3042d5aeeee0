using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>One uint8 scalar as a lane; bool too, as 0 and 1.</summary>
/// <param name="Value">The number.</param>
/// <remarks>
/// Arithmetic wraps around. The transcendental functions are for floating-point lanes only; operations check the dtype first.
/// </remarks>
public readonly record struct ByteLane(byte Value) : ILane<ByteLane, byte>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe ByteLane Load(byte* address) => new(*address);

    /// <inheritdoc/>
    public static ByteLane Broadcast(byte value) => new(value);

    /// <inheritdoc/>
    public unsafe void Store(byte* address) => *address = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane Create(double value) => new((byte)value);

    /// <inheritdoc/>
    public static ByteLane operator +(ByteLane left, ByteLane right) => new((byte)(left.Value + right.Value));

    /// <inheritdoc/>
    public static ByteLane operator -(ByteLane left, ByteLane right) => new((byte)(left.Value - right.Value));

    /// <inheritdoc/>
    public static ByteLane operator *(ByteLane left, ByteLane right) => new((byte)(left.Value * right.Value));

    /// <summary>The quotient rounded down; 0 when dividing by 0.</summary>
    public static ByteLane operator /(ByteLane left, ByteLane right) =>
        right.Value == 0 ? default : new((byte)(left.Value / right.Value));

    /// <inheritdoc/>
    public static ByteLane operator -(ByteLane value) => new((byte)-value.Value);

    /// <inheritdoc/>
    public static ByteLane WhereLess(ByteLane a, ByteLane b, ByteLane then, ByteLane otherwise) => a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static ByteLane WhereLessOrEqual(ByteLane a, ByteLane b, ByteLane then, ByteLane otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static ByteLane WhereEqual(ByteLane a, ByteLane b, ByteLane then, ByteLane otherwise) => a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static ByteLane Min(ByteLane a, ByteLane b) => a.Value < b.Value ? a : b;

    /// <inheritdoc/>
    public static ByteLane Max(ByteLane a, ByteLane b) => a.Value > b.Value ? a : b;

    /// <inheritdoc/>
    public static ByteLane Abs(ByteLane x) => x;

    /// <inheritdoc/>
    public static ByteLane Floor(ByteLane x) => x;

    /// <inheritdoc/>
    public static ByteLane Round(ByteLane x) => x;

    /// <inheritdoc/>
    public static ByteLane MultiplyAdd(ByteLane a, ByteLane b, ByteLane c) => a * b + c;

    /// <summary>The remainder of floored division; 0 when dividing by 0.</summary>
    public static ByteLane FloorModulo(ByteLane a, ByteLane b) => b.Value == 0 ? default : a - a / b * b;

    /// <inheritdoc/>
    public static ByteLane Sqrt(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane Exp(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane ExpM1(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane Log(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane Log1P(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane Tanh(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane Erf(ByteLane x) => throw FloatingPointOnly();

    /// <summary>xʸ, wrapping around.</summary>
    public static ByteLane Pow(ByteLane x, ByteLane y) => new((byte)ScalarMath.Power(x.Value, y.Value));

    /// <inheritdoc/>
    public static ByteLane Sin(ByteLane x) => throw FloatingPointOnly();

    /// <inheritdoc/>
    public static ByteLane Cos(ByteLane x) => throw FloatingPointOnly();

    private static NotSupportedException FloatingPointOnly() => new("This function is defined for floating-point lanes only.");
}
