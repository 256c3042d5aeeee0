using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Sorts rows, keeping the first <c>taken</c> of each: x <c>[rows, columns]</c> → positions <c>[rows, taken]</c>, int32.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Stable: equal elements keep their order, also when descending. −0 equals +0. NaN counts as larger than every number, so it comes
/// last in ascending order and first in descending order.
/// </remarks>
public readonly unsafe struct SortKernel<T>(ArrayView<T> x, ArrayView<int> positions, long rows, long columns, long taken, bool descending)
    : IKernel, IRangeBody, IRowKeys
    where T : unmanaged, INumber<T>
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<int> positions = positions;
    private readonly long columns = columns;
    private readonly long taken = taken;

    /// <inheritdoc/>
    public static string Name => "sort";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / 16 / Math.Max(1, columns)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        var all = taken == columns ? positions : launcher.Scratch<int>(rows * columns);
        new RowSort<SortKernel<T>>(this, launcher.Scratch<ulong>(rows * columns), all, (int)rows, (int)columns).Launch(launcher);
        if (taken < columns)
            launcher.Launch(positions.Length, Take, (this, all));
    }

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

    ulong IRowKeys.Key(int row, int column)
    {
        var key = OrderedKey.Of(x[row * columns + column]);
        return descending ? ~key : key;
    }

    private static void Take(Index1D i, (SortKernel<T> Kernel, ArrayView<int> Sorted) work)
    {
        var taken = (uint)work.Kernel.taken;
        var row = (uint)i.X / taken;
        work.Kernel.positions[i] = work.Sorted[row * work.Kernel.columns + ((uint)i.X - row * taken)];
    }
}
