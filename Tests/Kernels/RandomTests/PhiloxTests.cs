using GpuKeras.Kernels.Random;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.RandomTests;

public sealed unsafe class PhiloxTests
{
    // The known answers of the authors' Random123 (kat_vectors, philox4x32 10).
    [TestCase(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [TestCase(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_PublishedVectors_Match(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.That(Philox.Block(c0, c1, c2, c3, k0, k1), Is.EqualTo((w0, w1, w2, w3)));

    [TestCase(0ul, 0ul, 0u)]
    [TestCase(0x299f31d0a4093822ul, 0x0370734413198a2eul, 5u)]
    [TestCase(ulong.MaxValue, ulong.MaxValue, 0x0FFFFFFFu)]
    public void Pair_Registers_SameWordsAsBlocks(ulong seed, ulong stream, uint group)
    {
        var (fast, slow) = (new uint[Philox.PairSize], new uint[Philox.PairSize]);
        fixed (uint* a = fast)
        fixed (uint* b = slow)
        {
            Philox.Pair(new PhiloxKey(seed, stream), group, a);
            Philox.GroupScalar(new PhiloxKey(seed, stream), group * 16, b);
            Philox.GroupScalar(new PhiloxKey(seed, stream), (group + 1) * 16, b + Philox.GroupSize);
        }
        Assert.That(fast, Is.EqualTo(slow));
    }

    [Test]
    public void Group256_SameWordsAsBlocks()
    {
        if (!System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            Assert.Ignore("The processor has no AVX2.");
        var (fast, slow) = (new uint[Philox.GroupSize], new uint[Philox.GroupSize]);
        fixed (uint* a = fast)
        fixed (uint* b = slow)
        {
            Philox.Group256(new PhiloxKey(123, 456), 32, a);
            Philox.Group256(new PhiloxKey(123, 456), 40, a + 8);
            Philox.GroupScalar(new PhiloxKey(123, 456), 32, b);
        }
        Assert.That(fast, Is.EqualTo(slow));
    }
}
