using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where a ≤ b, else 0; 0 if either is NaN.</summary>
public readonly struct LessEqual : IBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "less_equal";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.WhereLessOrEqual(a, b, T.Create(1), T.Create(0));
}
