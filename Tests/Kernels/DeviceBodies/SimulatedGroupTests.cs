using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Items of a simulated group wait for each other, and only at barriers.</summary>
public sealed class SimulatedGroupTests
{
    private const int Items = 64;

    [Test]
    public void Items_AfterABarrier_SeeWhatTheOthersWrote() => Assert.That(Run(Reverse), Is.EqualTo(Enumerable.Range(0, Items).Reverse()));

    // A body that forgets a barrier must not pass by chance.
    [Test]
    public void Items_WithoutABarrier_DoNot() => Assert.That(Run(ReverseTooEarly), Is.Not.EqualTo(Enumerable.Range(0, Items).Reverse()));

    [Test]
    public void ItemThatFails_IsReported_AndTheOthersGoOn()
    {
        Assert.That(() => Run(Fail), Throws.InvalidOperationException.With.Message.Contains("item 5"));
        Assert.That(Run(Reverse), Is.EqualTo(Enumerable.Range(0, Items).Reverse()), "the threads are usable again");
    }

    private static int[] Run(Action<Arrays> body)
    {
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike);
        using HostArray<int> written = new(Items), read = new(Items);
        launcher.Launch(KernelConfig.Linear(1, Items), body, new Arrays(written, read));
        return read.Values;
    }

    private static void Reverse(Arrays arrays)
    {
        for (var round = 0; round < 3; round++)
        {
            arrays.Written[Group.IdxX] = Group.IdxX;
            Group.Barrier();
            arrays.Read[Group.IdxX] = arrays.Written[Items - 1 - Group.IdxX];
            Group.Barrier();
            arrays.Written[Group.IdxX] = -1;
            Group.Barrier();
        }
    }

    private static void ReverseTooEarly(Arrays arrays)
    {
        arrays.Written[Group.IdxX] = Group.IdxX;
        arrays.Read[Group.IdxX] = arrays.Written[Items - 1 - Group.IdxX];
    }

    private static void Fail(Arrays arrays)
    {
        if (Group.IdxX == 5)
            throw new ArgumentException("item 5");
        Reverse(arrays);
    }

    private readonly record struct Arrays(ArrayView<int> Written, ArrayView<int> Read);
}
