using System.Numerics;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Elementwise;

public class CastKernelTests
{
    [Test]
    public void Cast_BytesToFloats_IsExact([Values(0, 1, 15, 16, 17, 256)] int size)
    {
        var x = Enumerable.Range(0, size).Select(static i => (byte)i).ToArray();
        Assert.That(Cast<byte, float>(x), Is.EqualTo(x.Select(static v => (float)v)));
    }

    [Test]
    public void Cast_FloatsToIntegers_DropsFractionAndSaturates()
    {
        float[] x = [1.9f, -1.9f, 3e9f, -3e9f, float.NaN, 300, -5];
        Assert.That(Cast<float, int>(x), Is.EqualTo(new[] { 1, -1, int.MaxValue, int.MinValue, 0, 300, -5 }));
        Assert.That(Cast<float, long>(x), Is.EqualTo(new[] { 1, -1, 3_000_000_000, -3_000_000_000, 0, 300, -5 }));
        Assert.That(Cast<float, byte>(x), Is.EqualTo(new byte[] { 1, 0, 255, 0, 0, 255, 0 }));
        Assert.That(Cast<double, int>([2.5, 1e300]), Is.EqualTo(new[] { 2, int.MaxValue }));
    }

    [Test]
    public void Cast_IntegersToNarrowerIntegers_KeepsLowBits()
    {
        Assert.That(Cast<long, int>([(1L << 32) + 7, -1]), Is.EqualTo(new[] { 7, -1 }));
        Assert.That(Cast<int, byte>([257, -1]), Is.EqualTo(new byte[] { 1, 255 }));
    }

    [Test]
    public void Cast_BetweenFloatingPoint_RoundsToNearest()
    {
        Assert.That(Cast<double, float>([0.1, double.NaN, 1e300]), Is.EqualTo(new[] { 0.1f, float.NaN, float.PositiveInfinity }));
        Assert.That(Cast<float, double>([0.1f]), Is.EqualTo(new[] { (double)0.1f }));
        Assert.That(Cast<int, float>([16_777_217, -3]), Is.EqualTo(new[] { 16_777_216f, -3 }));
        Assert.That(Cast<long, double>([1L << 53]), Is.EqualTo(new[] { 9007199254740992.0 }));
    }

    [Test]
    public void NonZero_EveryElementType_IsOneWhereNotZero()
    {
        var floats = Enumerable.Range(0, 50).Select(static i => i % 3 == 0 ? -0f : i % 3 == 1 ? float.NaN : i).ToArray();
        Assert.That(NonZero(floats), Is.EqualTo(Enumerable.Range(0, 50).Select(static i => i % 3 == 0 ? (byte)0 : (byte)1)));
        Assert.That(NonZero([0.0, 1e-300]), Is.EqualTo(new byte[] { 0, 1 }));
        Assert.That(NonZero([0, -7]), Is.EqualTo(new byte[] { 0, 1 }));
        Assert.That(NonZero([0L, 1L << 40]), Is.EqualTo(new byte[] { 0, 1 }));
        Assert.That(NonZero<byte>([0, 255]), Is.EqualTo(new byte[] { 0, 1 }));
    }

    private static TTarget[] Cast<TSource, TTarget>(TSource[] x)
        where TSource : unmanaged, INumberBase<TSource>
        where TTarget : unmanaged, INumberBase<TTarget>
    {
        var (source, y) = (new HostArray<TSource>(x), new HostArray<TTarget>(x.Length));
        new CastKernel<TSource, TTarget>(source.View, y.View).RunHost();
        return KernelRunner.Finish(y, source);
    }

    private static byte[] NonZero<T>(T[] x)
        where T : unmanaged
    {
        var (source, y) = (new HostArray<T>(x), new HostArray<byte>(x.Length));
        new NonZeroKernel<T>(source.View, y.View).RunHost();
        return KernelRunner.Finish(y, source);
    }
}
