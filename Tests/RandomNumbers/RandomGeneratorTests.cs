using NUnit.Framework;

namespace GpuKeras.Tests.RandomNumbers;

public sealed class RandomGeneratorTests
{
    [Test]
    public void SameSeed_SameCalls_SameNumbers()
    {
        Assert.That(Everything(new RandomGenerator(3)), Is.EqualTo(Everything(new RandomGenerator(3))));
        Assert.That(Everything(new RandomGenerator(4)), Is.Not.EqualTo(Everything(new RandomGenerator(3))));
    }

    [Test]
    public void EachDraw_OtherNumbers_AndPositionGoesBack()
    {
        var random = new RandomGenerator(3);
        var first = random.Uniform([10]).ToArray<float>();
        var second = random.Uniform([10]).ToArray<float>();
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(random.Position, Is.EqualTo(2));
        random.Position = 1;
        Assert.That(random.Uniform([10]).ToArray<float>(), Is.EqualTo(second));
    }

    [Test]
    public void Draws_DTypeAndShape_AsAsked()
    {
        var random = new RandomGenerator(3);
        var wide = random.Normal([2, 3], 5, 0.1, DType.Float64);
        Assert.That((wide.Shape, wide.DType), Is.EqualTo((new Shape(2, 3), DType.Float64)));
        Assert.That(wide.ToArray<double>(), Is.All.InRange(4.0, 6.0));
        Assert.That(random.Integers([50], 3, 5, DType.UInt8).ToArray<byte>(), Is.All.InRange(3, 4));

        Assert.That(random.Integers([50], 1L << 40, 1L << 41, DType.Int64).ToArray<long>(), Is.All.InRange(1L << 40, (1L << 41) - 1));
        Assert.That(random.Permutation(5).ToArray<int>(), Is.EquivalentTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That(random.Uniform([0]).ToArray<float>(), Is.Empty);
    }

    [Test]
    public void Integers_EmptyRange_NamesBothBounds()
    {
        var error = Assert.Throws<ArgumentException>(() => new RandomGenerator(1).Integers([2], 7, 7));
        Assert.That(error!.Message, Does.Contain("low 7, high 7"));
    }

    [Test]
    public void Dropout_GradientUsesTheSameMask_AndSymbolicCallsUseNoDraw()
    {
        var random = new RandomGenerator(9);
        var x = Tensor.Ones([4, 33]);
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = x.Dropout(0.5, random);
        Assert.That(tape.Gradient(y, x)!.ToArray<float>(), Is.EqualTo(y.ToArray<float>()));
        Assert.That(random.Position, Is.EqualTo(1));
        Tensor.Symbolic([Shape.Unknown, 3], DType.Float32).Dropout(0.5, random);
        Assert.That(random.Position, Is.EqualTo(1));
    }

    [Test]
    public void Dropout_MaskShape_DropsWholeSlices()
    {
        var values = Tensor.Ones([64, 5]).Dropout(0.5, new RandomGenerator(1), [Shape.Unknown, 1]).ToArray<float>();
        foreach (var row in values.Chunk(5))
            Assert.That(row, Is.All.EqualTo(row[0]));
        Assert.That(values.Distinct(), Is.EquivalentTo(new[] { 0f, 2f }));
    }

    [TestCase(-0.1), TestCase(1.1), TestCase(double.NaN)]
    public void Dropout_RateOutOfRange_NamesIt(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones([2]).Dropout(rate, new RandomGenerator(1)));
        Assert.That(error!.ActualValue, Is.EqualTo(rate));
    }

    private static double[] Everything(RandomGenerator random) =>
    [
        .. random.Uniform([20]).ToArray<float>(),
        .. random.Normal([20]).ToArray<float>(),
        .. random.TruncatedNormal([20]).ToArray<float>(),
        .. random.Integers([20], 0, 1000).ToArray<int>(),
        .. random.Permutation(20).ToArray<int>(),
    ];
}
