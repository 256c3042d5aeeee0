using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where either is non-zero, else 0.</summary>
public readonly struct LogicalOr : IBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "logical_or";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T>
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        return T.WhereEqual(a, zero, T.WhereEqual(b, zero, zero, one), one);
    }
}
