namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// Sums over all output pixels that several threads share: the pixels are cut into parts, each part sums into memory of its own,
/// and the parts are added in order.
/// </summary>
/// <remarks>The cut depends on the sizes alone, so the result has the same bits for any number of threads.</remarks>
internal static unsafe class PartialSums
{
    private const int MaxParts = 16;
    private const double MinimumOperationsPerPart = 400_000;
    private const long MaxScratchElements = 1 << 24;

    /// <summary>Into how many parts to cut.</summary>
    /// <param name="operations">Arithmetic operations in all.</param>
    /// <param name="resultLength">Elements of the result.</param>
    public static int Count(double operations, long resultLength)
    {
        var worthwhile = (long)(operations / MinimumOperationsPerPart);
        return (int)Math.Clamp(Math.Min(worthwhile, MaxScratchElements / Math.Max(1, resultLength)), 1, MaxParts);
    }

    /// <summary>The first and the last index (excluded) of a part.</summary>
    public static (long Start, long End) Range(long length, int part, int parts) => (length * part / parts, length * (part + 1) / parts);

    /// <summary>Memory for all parts but the first, which sums into the result itself.</summary>
    public static T* Allocate<T>(int parts, long resultLength)
        where T : unmanaged =>
        HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)((parts - 1) * resultLength));

    /// <summary>result += every part's sums, in order.</summary>
    public static void AddTo<T>(ArrayView<T> result, T* partial, int parts)
        where T : unmanaged
    {
        if (parts > 1)
            HostThreads.For(result.Length, HostLoop.ElementsPerThread, new Body<T>(result, partial, parts), HostLoop.Alignment);
    }

    private readonly struct Body<T>(ArrayView<T> result, T* partial, int parts) : IRangeBody, ILaneScalarBody
        where T : unmanaged
    {
        private readonly ArrayView<T> result = result;
        private readonly T* partial = partial;
        private readonly int parts = parts;

        public void Run(long start, long end) => LaneDispatch.Run<T, Body<T>>(this, start, end);

        void ILaneScalarBody.Run<TVector, TScalar, TElement>(long start, long end)
        {
            for (var part = 0; part < parts - 1; part++)
            {
                HostRow<TVector, TScalar, TElement>.Add(
                    (TElement*)result.Pointer + start, (TElement*)partial + part * result.Length + start, (nint)(end - start));
            }
        }
    }
}
