using System.Numerics;

namespace GpuKeras.Kernels;

/// <summary>Checks index arrays before a kernel reads or writes through them.</summary>
public static class IndexCheck
{
    /// <summary>Requires 0 ≤ index &lt; <paramref name="limit"/> of every element.</summary>
    /// <typeparam name="TIndex">int32 or int64.</typeparam>
    /// <exception cref="IndexOutOfRangeException">An index lies outside; the message gives its value, its position and the
    /// limit.</exception>
    public static void Require<TIndex>(ArrayView<TIndex> indices, long limit, string what)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (FirstOutside(indices, limit) is var position and >= 0)
            throw OutOfRange(long.CreateTruncating(indices[position]), position, limit, what);
    }

    /// <summary>The same with an exception of the caller's.</summary>
    /// <typeparam name="TIndex">int32 or int64.</typeparam>
    /// <param name="indices">The indices, in host memory.</param>
    /// <param name="limit">What every index must be below.</param>
    /// <param name="describe">Makes the exception from the bad index and its position.</param>
    public static void Require<TIndex>(ArrayView<TIndex> indices, long limit, Func<long, long, Exception> describe)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (FirstOutside(indices, limit) is var position and >= 0)
            throw describe(long.CreateTruncating(indices[position]), position);
    }

    /// <summary>
    /// Queues the check of <see cref="Require{TIndex}(ArrayView{TIndex}, long, string)"/>: the launcher's device throws the same exception when it next synchronises.
    /// </summary>
    /// <typeparam name="TIndex">int32 or int64.</typeparam>
    /// <param name="launcher">The device's queue.</param>
    /// <param name="indices">The indices, in the device's memory.</param>
    /// <param name="limit">What every index must be below.</param>
    /// <param name="what">What the indices are, for the message.</param>
    /// <remarks>
    /// Launches that follow run before the exception is thrown, so they must not use a bad index: they go through
    /// <see cref="OrZero(long, long)"/>, and are left out where <paramref name="limit"/> is 0. Of several bad indices any may be reported.
    /// </remarks>
    public static void RequireOnDevice<TIndex>(ILauncher launcher, ArrayView<TIndex> indices, long limit, string what)
        where TIndex : unmanaged, IBinaryInteger<TIndex> =>
        RequireOnDevice(launcher, indices, limit, (index, position) => OutOfRange(index, position, limit, what));

    /// <summary>Queues the check with an exception of the caller's.</summary>
    /// <typeparam name="TIndex">int32 or int64.</typeparam>
    /// <param name="launcher">The device's queue.</param>
    /// <param name="indices">The indices, in the device's memory.</param>
    /// <param name="limit">What every index must be below.</param>
    /// <param name="describe">Makes the exception from the bad index and its position.</param>
    public static void RequireOnDevice<TIndex>(
        ILauncher launcher, ArrayView<TIndex> indices, long limit, Func<long, long, Exception> describe)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (indices.Length == 0)
            return;
        var fault = launcher.Fault(describe);
        if (typeof(TIndex) == typeof(int))
            launcher.Launch(indices.Length, CheckInt32, new Check<int>(indices.Cast<int>(), limit, fault));
        else if (typeof(TIndex) == typeof(long))
            launcher.Launch(indices.Length, CheckInt64, new Check<long>(indices.Cast<long>(), limit, fault));
        else
            throw new NotSupportedException($"index check: indices must be int32 or int64; got {typeof(TIndex).Name}.");
    }

    /// <summary>The index, or 0 in place of one outside 0 … <paramref name="limit"/> − 1, which a check has reported.</summary>
    public static int OrZero(int index, int limit) => (uint)index < (uint)limit ? index : 0;

    /// <inheritdoc cref="OrZero(int, int)"/>
    public static long OrZero(long index, long limit) => IsInside(index, limit) ? index : 0;

    private static int FirstOutside<TIndex>(ArrayView<TIndex> indices, long limit)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var span = indices.Span;
        for (var i = 0; i < span.Length; i++)
        {
            if (!IsInside(long.CreateTruncating(span[i]), limit))
                return i;
        }
        return -1;
    }

    private static bool IsInside(long index, long limit) => (ulong)index < (ulong)limit;

    private static IndexOutOfRangeException OutOfRange(long index, long position, long limit, string what) =>
        new($"{what}: must lie in 0 to {limit - 1} (limit {limit}); got {index} at position {position}.");

    private static void CheckInt32(Index1D i, Check<int> check)
    {
        if (!IsInside(check.Indices[i], check.Limit))
            check.Fault.Report(check.Indices[i], i);
    }

    private static void CheckInt64(Index1D i, Check<long> check)
    {
        if (!IsInside(check.Indices[i], check.Limit))
            check.Fault.Report(check.Indices[i], i);
    }

    private readonly struct Check<TIndex>(ArrayView<TIndex> indices, long limit, FaultCell fault)
        where TIndex : unmanaged
    {
        public readonly ArrayView<TIndex> Indices = indices;
        public readonly long Limit = limit;
        public readonly FaultCell Fault = fault;
    }
}
