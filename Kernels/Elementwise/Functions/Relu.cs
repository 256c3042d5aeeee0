using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>Rectified linear unit, max(x, 0). The derivative at 0 is 0.</summary>
/// <remarks>Not Max: NaN must stay NaN on every device, or it would hide a diverged model.</remarks>
public readonly struct Relu : IDerivativeFromResult
{
    /// <inheritdoc/>
    public static string Name => "relu";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereLess(x, T.Create(0), T.Create(0), x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.WhereLessOrEqual(x, T.Create(0), T.Create(0), T.Create(1));
}
