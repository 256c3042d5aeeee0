using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>The largest number wins.</summary>
public readonly struct ArgMaxComparison : IArgComparison
{
    /// <inheritdoc/>
    public static string Name => "arg_max";

    /// <inheritdoc/>
    public static bool Beats<T>(T candidate, T best)
        where T : unmanaged, INumber<T> => candidate > best;
}
