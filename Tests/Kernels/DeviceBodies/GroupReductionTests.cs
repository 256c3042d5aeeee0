using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

public sealed class GroupReductionTests
{
    [TestCase(32), TestCase(96), TestCase(256)]
    public void Reduce_OverAGroup_GivesEveryItemTheSum(int items)
    {
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike);
        using var x = new HostArray<int>(Samples.Integers(items, -100, 100));
        using var y = new HostArray<int>(items);
        launcher.Launch(KernelConfig.Linear(1, items), SumBody, new Arguments<int>(x, y));
        Assert.That(y.Values, Is.All.EqualTo(x.Values.Sum()));
    }

    [TestCase(32), TestCase(128)]
    public void Reduce_OfPairs_GivesEveryItemTheFirstLargest(int items)
    {
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike);
        using var x = new HostArray<int>(Samples.Integers(items, 0, 9));
        using var y = new HostArray<int>(items);
        launcher.Launch(KernelConfig.Linear(1, items), LargestBody, new Arguments<int>(x, y));
        Assert.That(y.Values, Is.All.EqualTo(Array.IndexOf(x.Values, x.Values.Max())));
    }

    [Test]
    public void Reduce_OfBytesTwice_DoesNotMixTheResults()
    {
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike);
        using var x = new HostArray<byte>(Array.ConvertAll(Samples.Integers(64, 0, 200), static v => (byte)v));
        using var y = new HostArray<byte>(64);
        launcher.Launch(KernelConfig.Linear(1, 64), TwiceBody, new Arguments<byte>(x, y));
        Assert.That(y.Values, Is.All.EqualTo((byte)(x.Values.Max() - x.Values.Min())));
    }

    private static void SumBody(Arguments<int> arguments) =>
        arguments.Y[Group.IdxX] = GroupReduction.Reduce<Sum, int>(arguments.X[Group.IdxX]);

    private static void LargestBody(Arguments<int> arguments) =>
        arguments.Y[Group.IdxX] = GroupReduction.Reduce<FirstLargest, int, int>((arguments.X[Group.IdxX], Group.IdxX)).Second;

    private static void TwiceBody(Arguments<byte> arguments)
    {
        var largest = GroupReduction.Reduce<Largest, byte>(arguments.X[Group.IdxX]);
        var smallest = (byte)(255 - GroupReduction.Reduce<Largest, byte>((byte)(255 - arguments.X[Group.IdxX])));
        arguments.Y[Group.IdxX] = (byte)(largest - smallest);
    }

    private readonly struct Arguments<T>(ArrayView<T> x, ArrayView<T> y)
        where T : unmanaged
    {
        public readonly ArrayView<T> X = x;
        public readonly ArrayView<T> Y = y;
    }

    private readonly struct Sum : ICombination<int>
    {
        public static int Combine(int a, int b) => a + b;
    }

    private readonly struct Largest : ICombination<byte>
    {
        public static byte Combine(byte a, byte b) => a > b ? a : b;
    }

    private readonly struct FirstLargest : IPairCombination<int, int>
    {
        public static (int First, int Second) Combine((int First, int Second) a, (int First, int Second) b) =>
            a.First > b.First || a.First == b.First && a.Second < b.Second ? a : b;
    }
}
