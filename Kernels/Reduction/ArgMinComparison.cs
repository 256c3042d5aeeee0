using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>The smallest number wins.</summary>
public readonly struct ArgMinComparison : IArgComparison
{
    /// <inheritdoc/>
    public static string Name => "arg_min";

    /// <inheritdoc/>
    public static bool Beats<T>(T candidate, T best)
        where T : unmanaged, INumber<T> => candidate < best;
}
