using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>One float64 scalar as a lane: tensors of float64, and reference values in tests.</summary>
/// <param name="Value">The number.</param>
public readonly record struct DoubleLane(double Value) : ILane<DoubleLane, double>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static unsafe DoubleLane Load(double* address) => new(*address);

    /// <inheritdoc/>
    public static DoubleLane Broadcast(double value) => new(value);

    /// <inheritdoc/>
    public unsafe void Store(double* address) => *address = Value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLane Create(double value) => new((double)value);

    /// <inheritdoc/>
    public static DoubleLane operator +(DoubleLane left, DoubleLane right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static DoubleLane operator -(DoubleLane left, DoubleLane right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static DoubleLane operator *(DoubleLane left, DoubleLane right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static DoubleLane operator /(DoubleLane left, DoubleLane right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static DoubleLane operator -(DoubleLane value) => new(-value.Value);

    /// <inheritdoc/>
    public static DoubleLane WhereLess(DoubleLane a, DoubleLane b, DoubleLane then, DoubleLane otherwise) =>
        a.Value < b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static DoubleLane WhereLessOrEqual(DoubleLane a, DoubleLane b, DoubleLane then, DoubleLane otherwise) =>
        a.Value <= b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static DoubleLane WhereEqual(DoubleLane a, DoubleLane b, DoubleLane then, DoubleLane otherwise) =>
        a.Value == b.Value ? then : otherwise;

    /// <inheritdoc/>
    public static DoubleLane Min(DoubleLane a, DoubleLane b) => new(Math.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static DoubleLane Max(DoubleLane a, DoubleLane b) => new(Math.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static DoubleLane Abs(DoubleLane x) => new(Math.Abs(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Floor(DoubleLane x) => new(Math.Floor(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Round(DoubleLane x) => new(Math.Round(x.Value, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static DoubleLane Sqrt(DoubleLane x) => new(Math.Sqrt(x.Value));

    /// <inheritdoc/>
    public static DoubleLane MultiplyAdd(DoubleLane a, DoubleLane b, DoubleLane c) => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static DoubleLane Exp(DoubleLane x) => new(Math.Exp(x.Value));

    /// <inheritdoc/>
    public static DoubleLane ExpM1(DoubleLane x) => new(ScalarMath.ExpM1(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Log(DoubleLane x) => new(Math.Log(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Log1P(DoubleLane x) => new(ScalarMath.Log1P(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Tanh(DoubleLane x) => new(Math.Tanh(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Erf(DoubleLane x) => new(ScalarMath.Erf(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Pow(DoubleLane x, DoubleLane y) => new(Math.Pow(x.Value, y.Value));

    /// <inheritdoc/>
    public static DoubleLane Sin(DoubleLane x) => new(Math.Sin(x.Value));

    /// <inheritdoc/>
    public static DoubleLane Cos(DoubleLane x) => new(Math.Cos(x.Value));

    /// <inheritdoc/>
    public static DoubleLane FloorModulo(DoubleLane a, DoubleLane b) => new(ScalarMath.FloorModulo(a.Value, b.Value));
}
