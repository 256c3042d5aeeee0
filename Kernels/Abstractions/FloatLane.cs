using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>One float32 scalar as a lane: an element on a GPU, or where the host has no vector registers.</summary>
/// <param name="Value">The number.</param>
public readonly record struct FloatLane(float Value) : ILane<FloatLane, float>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe FloatLane Load(float* address) => new(*address);

    /// <inheritdoc/>
    public static FloatLane Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public unsafe void Store(float* address) => *address = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLane Create(double value) => new((float)value);

    /// <inheritdoc/>
    public static FloatLane operator +(FloatLane left, FloatLane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static FloatLane operator -(FloatLane left, FloatLane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static FloatLane operator *(FloatLane left, FloatLane right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static FloatLane operator /(FloatLane left, FloatLane right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static FloatLane operator -(FloatLane value) => new(-value.Value);

    /// <inheritdoc/>
    public static FloatLane WhereLess(FloatLane a, FloatLane b, FloatLane then, FloatLane otherwise) =>
        a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static FloatLane WhereLessOrEqual(FloatLane a, FloatLane b, FloatLane then, FloatLane otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static FloatLane WhereEqual(FloatLane a, FloatLane b, FloatLane then, FloatLane otherwise) =>
        a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static FloatLane Min(FloatLane a, FloatLane b) => new(MathF.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static FloatLane Max(FloatLane a, FloatLane b) => new(MathF.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static FloatLane Abs(FloatLane x) => new(MathF.Abs(x.Value));

    /// <inheritdoc/>
    public static FloatLane Floor(FloatLane x) => new(MathF.Floor(x.Value));

    /// <inheritdoc/>
    public static FloatLane Round(FloatLane x) => new(MathF.Round(x.Value, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static FloatLane Sqrt(FloatLane x) => new(MathF.Sqrt(x.Value));

    /// <inheritdoc/>
    public static FloatLane MultiplyAdd(FloatLane a, FloatLane b, FloatLane c) => new(MathF.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static FloatLane Exp(FloatLane x) => new(MathF.Exp(x.Value));

    /// <inheritdoc/>
    public static FloatLane ExpM1(FloatLane x) => new(ScalarMath.ExpM1(x.Value));

    /// <inheritdoc/>
    public static FloatLane Log(FloatLane x) => new(MathF.Log(x.Value));

    /// <inheritdoc/>
    public static FloatLane Log1P(FloatLane x) => new(ScalarMath.Log1P(x.Value));

    /// <inheritdoc/>
    public static FloatLane Tanh(FloatLane x) => new(MathF.Tanh(x.Value));

    /// <inheritdoc/>
    public static FloatLane Erf(FloatLane x) => new(ScalarMath.Erf(x.Value));

    /// <inheritdoc/>
    public static FloatLane Pow(FloatLane x, FloatLane y) => new(MathF.Pow(x.Value, y.Value));

    /// <inheritdoc/>
    public static FloatLane Sin(FloatLane x) => new(MathF.Sin(x.Value));

    /// <inheritdoc/>
    public static FloatLane Cos(FloatLane x) => new(MathF.Cos(x.Value));

    /// <inheritdoc/>
    public static FloatLane FloorModulo(FloatLane a, FloatLane b) => new(ScalarMath.FloorModulo(a.Value, b.Value));
}
