using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Requires 0 ≤ index &lt; limit of every element, and throws the caller's exception otherwise; a device when it next synchronises.</summary>
/// <typeparam name="TIndex">int32 or int64.</typeparam>
/// <param name="indices">The indices, <c>[count]</c>.</param>
/// <param name="limit">What every index must be below.</param>
/// <param name="describe">Makes the exception from a bad index and its position.</param>
public readonly struct IndexCheckKernel<TIndex>(ArrayView<TIndex> indices, long limit, Func<long, long, Exception> describe) : IKernel
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    /// <inheritdoc/>
    public static string Name => "index_check";

    /// <inheritdoc/>
    public void RunHost() => IndexCheck.Require(indices, limit, describe);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => IndexCheck.RequireOnDevice(launcher, indices, limit, describe);
}
