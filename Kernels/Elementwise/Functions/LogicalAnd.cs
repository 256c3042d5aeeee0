using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where both are non-zero, else 0.</summary>
public readonly struct LogicalAnd : IBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "logical_and";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T>
    {
        var zero = T.Create(0);
        return T.WhereEqual(a, zero, zero, T.WhereEqual(b, zero, zero, T.Create(1)));
    }
}
