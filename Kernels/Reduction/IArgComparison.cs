using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Which of two numbers wins in an arg-reduction.</summary>
public interface IArgComparison
{
    /// <summary>The reduction's name, in lower case with underscores.</summary>
    static abstract string Name { get; }

    /// <summary>
    /// Whether <paramref name="candidate"/> beats <paramref name="best"/> outright; equal numbers do not beat each other.
    /// </summary>
    static abstract bool Beats<T>(T candidate, T best)
        where T : unmanaged, INumber<T>;
}
