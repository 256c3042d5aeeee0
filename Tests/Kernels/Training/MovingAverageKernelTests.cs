using GpuKeras.Kernels.Training;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Training;

public sealed class MovingAverageKernelTests
{
    [TestCase(1), TestCase(15), TestCase(17), TestCase(100_003)]
    public void RunHost_AnyLength_IsTheFormula(int length)
    {
        var (a, x) = (Samples.Floats(length), Samples.Floats(length, seed: 2));
        using var average = new HostArray<float>(a);
        using var values = new HostArray<float>(x);
        new MovingAverageKernel<float>(average, values, 0.9).RunHost();
        for (var i = 0; i < length; i++)
            Assert.That(average[i], Is.EqualTo(0.9 * a[i] + 0.1 * x[i]).Within(1e-6), $"element {i}");
    }

    [Test]
    public void RunHost_MomentumZero_ForgetsNaN()
    {
        using var average = new HostArray<double>([double.NaN]);
        using var values = new HostArray<double>([2.5]);
        new MovingAverageKernel<double>(average, values, 0).RunHost();
        Assert.That(average[0], Is.EqualTo(2.5));
    }
}
