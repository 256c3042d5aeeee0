using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// Sums over all output pixels that several threads share: the pixels are cut into parts, each part sums into memory of its own,
/// and the parts are added in order.
/// </summary>
/// <remarks>The cut depends on the sizes alone, so the result has the same bits for any number of threads.</remarks>
internal static unsafe class PartialSums
{
    private const int MaxParts = 64;
    private const double MinimumOperationsPerPart = 400_000;
    private const double MinimumOperationsPerSum = 1024;
    private const long MaxScratchElements = 1 << 24;

    /// <summary>Sums <paramref name="step"/>'s terms over all of its units, split over the host's threads.</summary>
    /// <param name="step">The sum.</param>
    /// <param name="units">The units to sum over.</param>
    /// <param name="parts">The parts that they are cut into, of <see cref="Parts"/>.</param>
    /// <param name="result">Where the sums go; what it held is lost.</param>
    public static void Sum<T, TStep>(in TStep step, long units, int parts, ArrayView<T> result)
        where T : unmanaged
        where TStep : struct, IPartialSum
    {
        // Memory for all parts but the first, which sums into the result itself.
        var partial = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)((parts - 1) * result.Length));
        HostThreads.For(parts, 1, new PartBody<T, TStep>(step, units, result, partial, parts));
        if (parts > 1)
            HostThreads.For(result.Length, HostLoop.ElementsPerThread, new Addition<T>(result, partial, parts), HostLoop.Alignment);
    }

    /// <summary>Queues the addition of the sums of all parts, in order.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="sums">The sums <c>[parts, length]</c>.</param>
    /// <param name="result">Their sums <c>[length]</c>; of one part, the same memory.</param>
    /// <param name="parts">How many parts there are.</param>
    public static void LaunchAddition<T>(ILauncher launcher, ArrayView<T> sums, ArrayView<T> result, int parts)
        where T : unmanaged
    {
        if (parts > 1)
            launcher.Launch(result.Length, AddElement, (sums, result, parts));
    }

    /// <summary>How many parts sums are cut into.</summary>
    /// <param name="operations">Arithmetic operations in all.</param>
    /// <param name="resultLength">How many sums there are.</param>
    public static int Parts(double operations, long resultLength)
    {
        // A part's sums are written once and read once more: that must be little beside computing them.
        var worthwhile = (long)(operations / Math.Max(MinimumOperationsPerPart, MinimumOperationsPerSum * resultLength));
        return (int)Math.Clamp(Math.Min(worthwhile, MaxScratchElements / Math.Max(1, resultLength)), 1, MaxParts);
    }

    private static void AddElement<T>(Index1D i, (ArrayView<T> Sums, ArrayView<T> Result, int Parts) work)
        where T : unmanaged
    {
        var sum = work.Sums[i];
        for (var part = 1; part < work.Parts; part++)
            sum = DeviceScalar.Add(sum, work.Sums[part * work.Result.Length + i]);
        work.Result[i] = sum;
    }

    private readonly struct PartBody<T, TStep>(TStep step, long units, ArrayView<T> result, T* partial, int parts)
        : IRangeBody, ILaneBody
        where T : unmanaged
        where TStep : struct, IPartialSum
    {
        private readonly TStep step = step;
        private readonly ArrayView<T> result = result;
        private readonly T* partial = partial;

        public void Run(long start, long end) => LaneDispatch.Run<T, PartBody<T, TStep>>(this, start, end);

        void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
        {
            for (var part = start; part < end; part++)
            {
                var target = part == 0 ? result.Pointer : partial + (part - 1) * result.Length;
                step.Sum<TVector, TScalar, TElement>(units * part / parts, units * (part + 1) / parts, (TElement*)target);
            }
        }
    }

    /// <summary>result += every part's sums, in order.</summary>
    private readonly struct Addition<T>(ArrayView<T> result, T* partial, int parts) : IRangeBody, ILaneBody
        where T : unmanaged
    {
        private readonly ArrayView<T> result = result;
        private readonly T* partial = partial;
        private readonly int parts = parts;

        public void Run(long start, long end) => LaneDispatch.Run<T, Addition<T>>(this, start, end);

        void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
        {
            for (var part = 0; part < parts - 1; part++)
            {
                HostRow<TVector, TScalar, TElement>.Add(
                    (TElement*)result.Pointer + start, (TElement*)partial + part * result.Length + start, (nint)(end - start));
            }
        }
    }
}
