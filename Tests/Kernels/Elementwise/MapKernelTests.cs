using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Elementwise;

public class MapKernelTests
{
    private static readonly int[] Sizes = [0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000];

    [TestCaseSource(nameof(Sizes))]
    public void Map_AnySize_ValueDoesNotDependOnPosition(int size)
    {
        var x = KernelRunner.Random(size, 1);
        var y = KernelRunner.Map(new Tanh(), x);
        var single = x.Select(static value => KernelRunner.Map(new Tanh(), [value])[0]).ToArray();
        Assert.That(y, Is.EqualTo(single));
    }

    [TestCaseSource(nameof(Sizes))]
    public void MapGradient_AnySize_IsUpstreamTimesDerivative(int size)
    {
        var (x, dy) = (KernelRunner.Random(size, 2), KernelRunner.Random(size, 3));
        var y = KernelRunner.Map(new Exp(), x);
        var dx = KernelRunner.MapGradient(new Exp(), x, y, dy);
        Assert.That(dx, Is.EqualTo(dy.Zip(y, static (upstream, value) => upstream * value).ToArray()));
    }

    [Test]
    [NonParallelizable]
    public void Map_ManyElementsOnSeveralThreads_SameBitsAsOnOne()
    {
        var x = KernelRunner.Random(200_003, 4);
        float[] OnThreads(int count) => Threads.Result(count, () => KernelRunner.Map(new Gelu(), x));
        Assert.That(OnThreads(3), Is.EqualTo(OnThreads(1)));
    }

    [Test]
    public void Map_InPlace_SameAsIntoOtherMemory([Values(5, 32, 77)] int size)
    {
        var x = KernelRunner.Random(size, 5);
        var inPlace = new HostArray<float>(x);
        new MapKernel<Exp, float>(new Exp(), inPlace.View, inPlace.View).RunHost();
        Assert.That(KernelRunner.Finish(inPlace), Is.EqualTo(KernelRunner.Map(new Exp(), x)));
    }

    [Test]
    public void Map_EveryElementType_Squares()
    {
        Assert.That(KernelRunner.Map<Square, double>(new Square(), [1.5, -3]), Is.EqualTo(new[] { 2.25, 9 }));
        Assert.That(KernelRunner.Map<Square, int>(new Square(), [3, -46341]), Is.EqualTo(new[] { 9, -2147479015 }), "wraps around");
        Assert.That(KernelRunner.Map<Square, long>(new Square(), [3_000_000_000]), Is.EqualTo(new[] { 9_000_000_000_000_000_000 }));
        Assert.That(KernelRunner.Map<Square, byte>(new Square(), [15, 16]), Is.EqualTo(new byte[] { 225, 0 }));
    }

    [Test]
    public void Map_ElementTypeWithoutLane_NamesIt() =>
        Assert.That(
            () => KernelRunner.Map<Square, char>(new Square(), ['x']),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("Char"));

    [Test]
    public void Predicate_FloatsOfAnyKind_GivesBoolBytes([Values(1, 16, 600)] int size)
    {
        float[] kinds = [0, -0f, 1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon];
        var x = Enumerable.Range(0, size).Select(i => kinds[i % kinds.Length]).ToArray();
        var source = new HostArray<float>(x);
        var (nan, finite) = (new HostArray<byte>(size), new HostArray<byte>(size));
        new PredicateKernel<IsNaN, float>(new IsNaN(), source.View, nan.View).RunHost();
        new PredicateKernel<IsFinite, float>(new IsFinite(), source.View, finite.View).RunHost();
        Assert.That(KernelRunner.Finish(nan, source), Is.EqualTo(x.Select(static v => float.IsNaN(v) ? (byte)1 : (byte)0)));
        Assert.That(KernelRunner.Finish(finite, source), Is.EqualTo(x.Select(static v => float.IsFinite(v) ? (byte)1 : (byte)0)));
    }

    [Test]
    public void Fill_AnySize_SetsEveryElement([Values(0, 1, 33, 100_000)] int size)
    {
        var y = new HostArray<float>(size);
        new FillKernel<float>(2.5f, y.View).RunHost();
        Assert.That(KernelRunner.Finish(y), Is.All.EqualTo(2.5f));
    }
}
