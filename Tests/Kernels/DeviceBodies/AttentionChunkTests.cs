using GpuKeras.Kernels;
using GpuKeras.Kernels.Attention;
using GpuKeras.Kernels.Random;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Attention on a device where not all scores fit into scratch memory at once.</summary>
public sealed class AttentionChunkTests
{
    private static readonly AttentionSizes Sizes = new(2, 2, 5, 6, 3, 4);

    private readonly HostArray<float> query = new(Samples.Uniform<float>(60, 1));
    private readonly HostArray<float> key = new(Samples.Uniform<float>(72, 2));
    private readonly HostArray<float> value = new(Samples.Uniform<float>(96, 3));
    private readonly HostArray<float> upstream = new(Samples.Uniform<float>(80, 4));

    // One query of one pair, two queries, one pair, two pairs and a half, everything.
    [Test]
    public void Attention_FewScoresAtATime_EqualsHostBody([Values(1, 16, 40, 100, 1000)] int maxScores, [Values] bool isCpuLike)
    {
        using var launcher = new SimulatedLauncher(isCpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike);
        HostArray<float> output = new(80), shift = new(20), inverse = new(20);
        Kernel(output, shift, inverse).RunHost();
        HostArray<float> actualOutput = new(80), actualShift = new(20), actualInverse = new(20);

        Kernel(actualOutput, actualShift, actualInverse).Device<FloatLane, float>().Launch(launcher, maxScores);

        AssertClose(actualOutput, output);
        AssertClose(actualShift, shift);
        AssertClose(actualInverse, inverse);

        HostArray<float> dq = new(60), dk = new(72), dv = new(96), actualDq = new(60), actualDk = new(72), actualDv = new(96);
        Gradient(output, shift, inverse, dq, dk, dv).RunHost();
        Gradient(output, shift, inverse, actualDq, actualDk, actualDv).Device<FloatLane, float>().Launch(launcher, maxScores);

        AssertClose(actualDq, dq);
        AssertClose(actualDk, dk);
        AssertClose(actualDv, dv);
    }

    private AttentionKernel<float> Kernel(HostArray<float> output, HostArray<float> shift, HostArray<float> inverse) => new(
        query.View, key.View, value.View, new(default, default, true), new DropoutMask(new PhiloxKey(5, 6), 0.3), output.View, shift.View,
        inverse.View, Sizes, 0.7);

    private AttentionGradientKernel<float> Gradient(
        HostArray<float> output, HostArray<float> shift, HostArray<float> inverse, HostArray<float> dq, HostArray<float> dk,
        HostArray<float> dv) => new(
        query.View, key.View, value.View, new(default, default, true), new DropoutMask(new PhiloxKey(5, 6), 0.3), output.View, shift.View,
        inverse.View, upstream.View, dq.View, dk.View, dv.View, Sizes, 0.7);

    private static void AssertClose(HostArray<float> actual, HostArray<float> expected)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.That(actual[i], Is.EqualTo(expected[i]).Within(8 * Tolerance.For<float>(18) * 7), $"element {i}");
    }
}
