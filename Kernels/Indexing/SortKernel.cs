using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Sorts rows, keeping the first <c>taken</c> of each: x <c>[rows, columns]</c> → positions <c>[rows, taken]</c>, int32.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Stable: equal elements keep their order, also when descending. −0 equals +0. NaN counts as larger than every number, so it comes
/// last in ascending order and first in descending order.
/// </remarks>
public readonly unsafe struct SortKernel<T>(ArrayView<T> x, ArrayView<int> positions, long rows, long columns, long taken, bool descending)
    : IKernel, IRangeBody
    where T : unmanaged, INumber<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<int> positions = positions;

    /// <inheritdoc/>
    public static string Name => "sort";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / 16 / Math.Max(1, columns)), this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        if (sizeof(T) <= sizeof(uint))
            Sort<ulong>(start, end, sizeof(uint) * 8);
        else
            Sort<UInt128>(start, end, sizeof(ulong) * 8);
    }

    // An element's order-preserving bits above its position: one plain sort of integers that is stable by construction.
    private void Sort<TPacked>(long start, long end, int keyBits)
        where TPacked : unmanaged, IBinaryInteger<TPacked>
    {
        var packed = new Span<TPacked>(HostScratch.Get<TPacked>(HostScratch.Use.SortKeys, (nint)columns), (int)columns);
        var mask = (TPacked.One << keyBits) - TPacked.One;
        var indexMask = TPacked.CreateTruncating(uint.MaxValue);
        for (var row = start; row < end; row++)
        {
            for (var i = 0; i < packed.Length; i++)
            {
                var key = TPacked.CreateTruncating(OrderedKey.Of(x[row * columns + i]));
                packed[i] = ((descending ? key ^ mask : key) << 32) | TPacked.CreateTruncating(i);
            }
            packed.Sort();
            for (var i = 0; i < taken; i++)
                positions[row * taken + i] = int.CreateTruncating(packed[i] & indexMask);
        }
    }
}
