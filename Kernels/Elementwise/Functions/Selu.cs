using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>Scaled exponential linear unit: scale·x above 0, scale·α·(eˣ − 1) below. The derivative at 0 is scale·α.</summary>
/// <remarks>The constants make mean 0 and variance 1 a fixed point (Klambauer 2017, arXiv:1706.02515).</remarks>
public readonly struct Selu : IDerivativeFromResult
{
    private const double Scale = 1.0507009873554804934;
    private const double ScaledAlpha = Scale * 1.6732632423543772848;

    /// <inheritdoc/>
    public static string Name => "selu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> =>
        T.WhereLess(T.Create(0), x, T.Create(Scale) * x, T.Create(ScaledAlpha) * T.ExpM1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLess(T.Create(0), x, T.Create(Scale), y + T.Create(ScaledAlpha));
}
