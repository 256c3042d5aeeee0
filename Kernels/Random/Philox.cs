using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels.Random;

/// <summary>Philox 4×32-10, a counter-based generator: random words are a function of (key, counter), with no state to carry.</summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011. A stream is laid out in groups of
/// 64 words so that registers store whole: word j of block b is at 64·(b / 16) + 16·j + b mod 16. The layout is part of the
/// definition: word i of a stream is the same on every device, for every register width and number of threads.
/// </remarks>
public static unsafe class Philox
{
    /// <summary>The words of a group.</summary>
    public const int GroupSize = 64;

    /// <summary>The words of the two groups that are computed together.</summary>
    public const int PairSize = 2 * GroupSize;

    internal const int BlocksPerGroup = 16;
    private const int Rounds = 10;
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>
    /// The four words of one block: counter (<paramref name="c0"/> … <paramref name="c3"/>), key (<paramref name="k0"/>, <paramref
    /// name="k1"/>).
    /// </summary>
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = Unroll.From(0); round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The four words of block <paramref name="block"/> of a stream: 16 apart from <see cref="FirstWord"/> on.</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Block(PhiloxKey key, uint block) =>
        Block(block, 0, (uint)key.Stream, (uint)(key.Stream >> 32), (uint)key.Seed, (uint)(key.Seed >> 32));

    /// <summary>The position in the stream of a block's first word.</summary>
    public static int FirstWord(int block) => (int)((uint)block / BlocksPerGroup * GroupSize + (uint)block % BlocksPerGroup);

    /// <summary>The number of blocks in whole groups that hold <paramref name="words"/> words.</summary>
    public static long Blocks(long words) => (words + GroupSize - 1) / GroupSize * BlocksPerGroup;

    /// <summary>The word at a position of a stream. Four neighbours in a block cost as much as one.</summary>
    public static uint Word(PhiloxKey key, uint position)
    {
        var (w0, w1, w2, w3) = Block(key, position / GroupSize * BlocksPerGroup + position % BlocksPerGroup);
        var number = position / BlocksPerGroup % 4;
        return number < 2 ? (number == 0 ? w0 : w1) : (number == 2 ? w2 : w3);
    }

    /// <summary>
    /// A block for repeated attempts at one element, apart from the stream's own words: counter (element, attempt, stream).
    /// </summary>
    /// <param name="key">The stream.</param>
    /// <param name="element">The element's position.</param>
    /// <param name="attempt">From 1 up; 0 is the stream itself.</param>
    public static (uint W0, uint W1, uint W2, uint W3) Retry(PhiloxKey key, uint element, uint attempt) =>
        Block(element, attempt, (uint)key.Stream, (uint)(key.Stream >> 32), (uint)key.Seed, (uint)(key.Seed >> 32));

    /// <summary>Writes the 128 words of groups <paramref name="group"/> and <paramref name="group"/> + 1 of a stream.</summary>
    public static void Pair(PhiloxKey key, uint group, uint* words)
    {
        if (Avx512F.IsSupported)
        {
            Pair512(key, group * BlocksPerGroup, words);
        }
        else if (Avx2.IsSupported)
        {
            for (var i = 0; i < 2; i++)
            {
                Group256(key, (group + (uint)i) * BlocksPerGroup, words + i * GroupSize);
                Group256(key, (group + (uint)i) * BlocksPerGroup + 8, words + i * GroupSize + 8);
            }
        }
        else
        {
            GroupScalar(key, group * BlocksPerGroup, words);
            GroupScalar(key, (group + 1) * BlocksPerGroup, words + GroupSize);
        }
    }

    /// <summary>The words of one group, one block after the other.</summary>
    public static void GroupScalar(PhiloxKey key, uint firstBlock, uint* words)
    {
        for (var i = 0; i < BlocksPerGroup; i++)
        {
            (words[i], words[16 + i], words[32 + i], words[48 + i]) =
                Block(key, (uint)(firstBlock + i));
        }
    }

    // A round waits for its own multiplications; two groups at a time fill the gaps.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pair512(PhiloxKey key, uint firstBlock, uint* words)
    {
        var (first, second) = (PhiloxState512.Start(key, firstBlock), PhiloxState512.Start(key, firstBlock + BlocksPerGroup));
        var (k0, k1) = (Vector512.Create((uint)key.Seed), Vector512.Create((uint)(key.Seed >> 32)));
        var (weyl0, weyl1) = (Vector512.Create(Weyl0), Vector512.Create(Weyl1));
        for (var round = 0; round < Rounds; round++)
        {
            first = first.Round(k0, k1);
            second = second.Round(k0, k1);
            k0 += weyl0;
            k1 += weyl1;
        }
        first.Store(words);
        second.Store(words + GroupSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Group256(PhiloxKey key, uint firstBlock, uint* words)
    {
        var c0 = Vector256.Create(firstBlock) + Vector256<uint>.Indices;
        var c1 = Vector256<uint>.Zero;
        var c2 = Vector256.Create((uint)key.Stream);
        var c3 = Vector256.Create((uint)(key.Stream >> 32));
        var (k0, k1) = ((uint)key.Seed, (uint)(key.Seed >> 32));
        var multiplier0 = Vector256.Create(Multiplier0);
        var multiplier1 = Vector256.Create(Multiplier1);
        var odd = Vector256.Create(0xFFFFFFFF_00000000UL).AsUInt32();
        for (var round = 0; round < Rounds; round++)
        {
            var even0 = Avx2.Multiply(c0, multiplier0);
            var odd0 = Avx2.Multiply((c0.AsUInt64() >> 32).AsUInt32(), multiplier0);
            var even1 = Avx2.Multiply(c2, multiplier1);
            var odd1 = Avx2.Multiply((c2.AsUInt64() >> 32).AsUInt32(), multiplier1);
            var high0 = Vector256.ConditionalSelect(odd, odd0.AsUInt32(), (even0 >> 32).AsUInt32());
            var low0 = Vector256.ConditionalSelect(odd, (odd0 << 32).AsUInt32(), even0.AsUInt32());
            var high1 = Vector256.ConditionalSelect(odd, odd1.AsUInt32(), (even1 >> 32).AsUInt32());
            var low1 = Vector256.ConditionalSelect(odd, (odd1 << 32).AsUInt32(), even1.AsUInt32());
            c0 = high1 ^ c1 ^ Vector256.Create(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector256.Create(k1);
            c3 = low0;
            k0 += Weyl0;
            k1 += Weyl1;
        }
        c0.Store(words);
        c1.Store(words + 16);
        c2.Store(words + 32);
        c3.Store(words + 48);
    }
}
