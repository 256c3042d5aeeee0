using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x · tanh(softplus(x)) (Misra 2019, arXiv:1908.08681).</summary>
/// <remarks>
/// tanh(log(1 + eˣ)) = (e²ˣ + 2eˣ) / (e²ˣ + 2eˣ + 2), written with u = e^(−|x|) so that nothing overflows:
/// above 0 it is (1 + 2u) / (1 + 2u + 2u²), below (u² + 2u) / (u² + 2u + 2).
/// </remarks>
public readonly struct Mish : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "mish";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => x * TanhOfSoftplus(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var one = T.Create(1);
        var tangent = TanhOfSoftplus(x);
        var sigmoid = one / (one + T.Exp(-x));
        return tangent + x * (one - tangent * tangent) * sigmoid;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TanhOfSoftplus<T>(T x)
        where T : struct, ILane<T>
    {
        var (zero, one, two) = (T.Create(0), T.Create(1), T.Create(2));
        var u = T.Exp(-T.Abs(x));
        var numerator = T.WhereLess(x, zero, u * (u + two), one + two * u);
        var rest = T.WhereLess(x, zero, two, two * u * u);
        return numerator / (numerator + rest);
    }
}
