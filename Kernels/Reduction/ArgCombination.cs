using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>The winner of two numbers and where it stands: the first of equal ones; the first NaN beats every number.</summary>
/// <typeparam name="TComparison">Largest or smallest.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly struct ArgCombination<TComparison, T> : IPairCombination<T, int>
    where TComparison : struct, IArgComparison
    where T : unmanaged, INumber<T>
{
    /// <inheritdoc/>
    public static (T First, int Second) Combine((T First, int Second) a, (T First, int Second) b)
    {
        var (nanA, nanB) = (T.IsNaN(a.First), T.IsNaN(b.First));
        if (nanA != nanB)
            return nanA ? a : b;
        if (TComparison.Beats(a.First, b.First))
            return a;
        if (TComparison.Beats(b.First, a.First))
            return b;
        return a.Second < b.Second ? a : b;
    }
}
