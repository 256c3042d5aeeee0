using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where x is neither infinite nor NaN, else 0.</summary>
public readonly struct IsFinite : IUnaryFunction
{
    /// <inheritdoc/>
    public static string Name => "is_finite";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereEqual(x - x, T.Create(0), T.Create(1), T.Create(0));
}
