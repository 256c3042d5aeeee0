using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where a &gt; b, else 0; 0 if either is NaN.</summary>
public readonly struct Greater : IBinaryFunction
{
    /// <inheritdoc/>
    public static string Name => "greater";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T a, T b)
        where T : struct, ILane<T> => T.WhereLess(b, a, T.Create(1), T.Create(0));
}
