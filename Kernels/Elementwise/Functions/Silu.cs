using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>x · sigmoid(x), also called swish (Ramachandran 2017, arXiv:1710.05941).</summary>
public readonly struct Silu : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "silu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => x / (T.Create(1) + T.Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T>
    {
        var one = T.Create(1);
        var sigmoid = one / (one + T.Exp(-x));
        return sigmoid * (one + x * (one - sigmoid));
    }
}
