using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x · hard_sigmoid(x), also called hard swish (Howard 2019, arXiv:1905.02244). The derivative is −1/2 at −3 and 1 at 3.</summary>
public readonly struct HardSilu : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "hard_silu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> =>
        x * T.Min(T.Max(x * T.Create(1 / 6.0) + T.Create(0.5), T.Create(0)), T.Create(1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var three = T.Create(3);
        var middle = T.MultiplyAdd(x, T.Create(1 / 3.0), T.Create(0.5));
        return T.WhereLess(x, -three, T.Create(0), T.WhereLess(x, three, middle, T.Create(1)));
    }
}
