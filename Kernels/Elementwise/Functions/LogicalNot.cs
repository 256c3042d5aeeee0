using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>1 where x is 0, else 0.</summary>
public readonly struct LogicalNot : IUnaryFunction
{
    /// <inheritdoc/>
    public static string Name => "logical_not";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.WhereEqual(x, T.Create(0), T.Create(1), T.Create(0));
}
