using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels.Random;

/// <summary>The four words of 16 blocks of <see cref="Philox"/> side by side, in AVX-512 registers.</summary>
internal readonly unsafe struct PhiloxState512(Vector512<uint> c0, Vector512<uint> c1, Vector512<uint> c2, Vector512<uint> c3)
{
    // The truth table of a ^ b ^ c.
    private const byte ExclusiveOr = 0x96;

    private readonly Vector512<uint> c0 = c0;
    private readonly Vector512<uint> c1 = c1;
    private readonly Vector512<uint> c2 = c2;
    private readonly Vector512<uint> c3 = c3;

    // From the 64-bit products of the even words (0 … 15) and of the odd words (16 … 31), the halves in the words' order.
    private static Vector512<uint> Highs => Vector512.Create(1u, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);

    private static Vector512<uint> Lows => Vector512.Create(0u, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);

    /// <summary>The counters of the 16 blocks from <paramref name="firstBlock"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxState512 Start(PhiloxKey key, uint firstBlock) => new(
        Vector512.Create(firstBlock) + Vector512<uint>.Indices, Vector512<uint>.Zero, Vector512.Create((uint)key.Stream),
        Vector512.Create((uint)(key.Stream >> 32)));

    /// <summary>One round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PhiloxState512 Round(Vector512<uint> k0, Vector512<uint> k1)
    {
        var (multiplier0, multiplier1) = (Vector512.Create(Philox.Multiplier0), Vector512.Create(Philox.Multiplier1));
        var even0 = Avx512F.Multiply(c0, multiplier0).AsUInt32();
        var odd0 = Avx512F.Multiply((c0.AsUInt64() >> 32).AsUInt32(), multiplier0).AsUInt32();
        var even1 = Avx512F.Multiply(c2, multiplier1).AsUInt32();
        var odd1 = Avx512F.Multiply((c2.AsUInt64() >> 32).AsUInt32(), multiplier1).AsUInt32();
        return new(
            Avx512F.TernaryLogic(Avx512F.PermuteVar16x32x2(even1, Highs, odd1), c1, k0, ExclusiveOr),
            Avx512F.PermuteVar16x32x2(even1, Lows, odd1),
            Avx512F.TernaryLogic(Avx512F.PermuteVar16x32x2(even0, Highs, odd0), c3, k1, ExclusiveOr),
            Avx512F.PermuteVar16x32x2(even0, Lows, odd0));
    }

    /// <summary>Writes the 64 words of the group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(uint* words)
    {
        c0.Store(words);
        c1.Store(words + 16);
        c2.Store(words + 32);
        c3.Store(words + 48);
    }
}
