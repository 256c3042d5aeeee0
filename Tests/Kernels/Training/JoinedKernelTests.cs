using GpuKeras.Kernels;
using GpuKeras.Kernels.Training;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Training;

/// <summary>Joined launches against one launch for each set of arrays: the same bits.</summary>
public sealed class JoinedKernelTests
{
    // Empty, around a register and a pair of registers, and cut by threads inside a set and between two.
    private static readonly int[][] Lengths =
        [[], [0], [1], [15, 16, 17], [31, 0, 32, 33, 1], [100_003], [16_384, 16_384], [3, 70_001, 64, 0, 30_000, 5]];

    [TestCaseSource(nameof(Lengths))]
    [NonParallelizable]
    public void RunHost_ManySets_GivesEachItsOwnLaunchsBits(params int[] lengths)
    {
        var alone = Steps<float>(lengths, joined: false);
        foreach (var together in Threads.Results(() => Steps<float>(lengths, joined: true)))
            Assert.That(together, Is.EqualTo(alone));
        Assert.That(Steps<double>(lengths, joined: true), Is.EqualTo(Steps<double>(lengths, joined: false)));
    }

    // Room for one, two, four and eight sets of the arguments of momentum.
    [Test]
    public void RunDevice_WithRoomForFewArguments_GivesTheSameBits([Values(100, 300, 600, 4096)] int maxArgumentBytes, [Values] bool wide)
    {
        int[] lengths = [3, 17, 0, 40, 1, 8, 4, 5, 6, 2, 33];
        if (wide)
            lengths = Array.ConvertAll(lengths, static length => 4 * length);
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike with { MaxArgumentBytes = maxArgumentBytes });
        Assert.That(
            Steps<float>(lengths, joined: true, launcher), Is.EqualTo(Steps<float>(lengths, joined: false)).Within(4).Ulps);
        Assert.That(Steps<double>(lengths, joined: true, launcher), Is.EqualTo(Steps<double>(lengths, joined: false)).Within(4).Ulps);
    }

    [Test]
    public void RunHost_FewerThanTheArrayHolds_LeavesTheRest()
    {
        using var w = new HostArray<float>([1, 1]);
        using var g = new HostArray<float>([1, 1]);
        var step = new SgdKernel<float>(w.View, g.View, 0.5, 0);
        new JoinedKernel<float, SgdKernel<float>>([new(step, 0, 1), new(step, 32, 2)], 1).RunHost();
        Assert.That(w.Values, Is.EqualTo(new[] { 0.5f, 1 }));
    }

    /// <summary>All weights, then all slots, after three steps of momentum with decay.</summary>
    private static T[] Steps<T>(int[] lengths, bool joined, ILauncher? launcher = null)
        where T : unmanaged
    {
        HostArray<T>[] Arrays(int seed) => Array.ConvertAll(lengths, length => new HostArray<T>(Values<T>(length, seed++)));
        var (weights, gradients, slots) = (Arrays(1), Arrays(100), Arrays(200));
        var steps = new JoinedStep<MomentumKernel<T>>[lengths.Length];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = new(
                new(weights[i], gradients[i], slots[i], 0.1, 0.9, nesterov: true, 0.01), i == 0 ? 0 : steps[i - 1].Next, lengths[i]);
        for (var step = 0; step < 3; step++)
            if (launcher is not null)
                new JoinedKernel<T, MomentumKernel<T>>(steps, steps.Length).RunDevice(launcher);
            else if (joined)
                new JoinedKernel<T, MomentumKernel<T>>(steps, steps.Length).RunHost();
            else
                foreach (var each in steps)
                    each.Step.RunHost();
        T[] results = [.. weights.SelectMany(static w => w.Values), .. slots.SelectMany(static s => s.Values)];
        foreach (var array in weights.Concat(gradients).Concat(slots))
            array.Dispose();
        return results;
    }

    private static T[] Values<T>(int length, int seed)
        where T : unmanaged =>
        Array.ConvertAll(Samples.Floats(length, seed: seed), static value => typeof(T) == typeof(float) ? (T)(object)value : (T)(object)(double)value);
}
