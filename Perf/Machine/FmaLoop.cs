using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GpuKeras.Kernels;

namespace GpuKeras.Perf.Machine;

/// <summary>Multiply-adds in registers, with enough independent chains to hide their latency.</summary>
/// <param name="results">Where each part leaves its sum, so that no work is optimised away.</param>
internal readonly struct FmaLoop(float[] results) : IRangeBody, ILaneBody
{
    /// <summary>The distance of two parts' results: no two share a cache line.</summary>
    public const int ResultSpacing = 32;

    // Two units with a latency of four or five cycles need ten chains; more than twelve do not fit 16 registers.
    private const int Chains = 12;
    // A millisecond or more: threads that wake up on one core are spread over the cores meanwhile.
    private const int Iterations = 400_000;

    private static readonly int Lanes =
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Multiplications and additions of one part.</summary>
    public static double FlopsPerPart => 2.0 * Chains * Iterations * Lanes;

    public void Run(long start, long end) => LaneDispatch.Run<float, FmaLoop>(this, start, end);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        for (var part = start; part < end; part++)
        {
            // x · 0.999 + 0.001 stays near 1.
            var (scale, offset) = (TLane.Create(0.999), TLane.Create(0.001));
            TLane a, b, c, d, e, f, g, h, i, j, k, l;
            a = b = c = d = e = f = g = h = i = j = k = l = TLane.Create(1);
            for (var iteration = 0; iteration < Iterations; iteration++)
            {
                a = TLane.MultiplyAdd(a, scale, offset);
                b = TLane.MultiplyAdd(b, scale, offset);
                c = TLane.MultiplyAdd(c, scale, offset);
                d = TLane.MultiplyAdd(d, scale, offset);
                e = TLane.MultiplyAdd(e, scale, offset);
                f = TLane.MultiplyAdd(f, scale, offset);
                g = TLane.MultiplyAdd(g, scale, offset);
                h = TLane.MultiplyAdd(h, scale, offset);
                i = TLane.MultiplyAdd(i, scale, offset);
                j = TLane.MultiplyAdd(j, scale, offset);
                k = TLane.MultiplyAdd(k, scale, offset);
                l = TLane.MultiplyAdd(l, scale, offset);
            }
            var sum = a + b + c + d + e + f + g + h + i + j + k + l;
            Unsafe.CopyBlockUnaligned(
                ref Unsafe.As<float, byte>(ref results[part * ResultSpacing]), ref Unsafe.As<TLane, byte>(ref sum), (uint)(Lanes * sizeof(float)));
        }
    }
}
