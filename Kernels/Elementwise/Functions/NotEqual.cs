using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where a ≠ b, else 0; 1 if either is NaN.</summary>
public readonly struct NotEqual : IBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "not_equal";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.WhereEqual(a, b, T.Create(0), T.Create(1));
}
