using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>GELU's approximation x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))) (Hendrycks 2016, arXiv:1606.08415).</summary>
public readonly struct GeluTanh : IDifferentiableFunction
{
    private const double Root = 0.79788456080286535588;
    private const double Cubic = 0.044715;

    /// <inheritdoc/>
    public static string Name => "gelu_tanh";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Create(0.5) * x * (T.Create(1) + Tangent(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var one = T.Create(1);
        var tangent = Tangent(x);
        var inner = T.Create(Root) * T.MultiplyAdd(T.Create(3 * Cubic) * x, x, one);
        return T.Create(0.5) * (one + tangent + x * (one - tangent * tangent) * inner);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tangent<T>(T x)
        where T : struct, ILane<T> =>
        T.Tanh(T.Create(Root) * x * T.MultiplyAdd(T.Create(Cubic) * x, x, T.Create(1)));
}
