using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>(x + √(x² + b)) / 2 (Barron 2021, arXiv:2112.11687).</summary>
/// <param name="b">The smoothness; Keras' default is 4.</param>
public readonly struct Squareplus(double b) : IDifferentiableFunction
{
    private readonly double b = b;

    /// <inheritdoc/>
    public static string Name => "squareplus";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Create(0.5) * (x + T.Sqrt(T.MultiplyAdd(x, x, T.Create(b))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> =>
        T.Create(0.5) + T.Create(0.5) * x / T.Sqrt(T.MultiplyAdd(x, x, T.Create(b)));
}
