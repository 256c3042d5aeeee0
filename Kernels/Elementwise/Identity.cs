namespace GpuKeras.Kernels.Elementwise;

/// <summary>f(x) = x: the activation of a fused kernel that has none. Kernels skip the pass that would apply it.</summary>
public readonly struct Identity : IDerivativeFromResult
{
    /// <inheritdoc/>
    public static string Name => "identity";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : struct, ILane<T> => x;

    /// <inheritdoc/>
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.Create(1);
}
