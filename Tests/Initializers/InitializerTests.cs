using GpuKeras.Initializers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Initializers;

public sealed class InitializerTests
{
    private static readonly string[] Names =
    [
        "zeros", "ones", "constant", "identity", "random_normal", "random_uniform", "truncated_normal", "variance_scaling", "glorot_normal",
        "glorot_uniform", "he_normal", "he_uniform", "lecun_normal", "lecun_uniform", "orthogonal",
    ];

    [TestCaseSource(nameof(Names))]
    public void Identifier_EveryInitializer_MakesItAndItsConfigRoundTrips(string name)
    {
        Initializer initializer = name;
        Assert.That(initializer.GetType().Name, Is.EqualTo(name.Replace("_", "")).IgnoreCase);
        var serialized = KerasConfig.Serialize(initializer);
        Assert.That(serialized["module"]!.ToString(), Is.EqualTo("keras.initializers"));
        var again = (Initializer)KerasConfig.Deserialize(serialized);
        Assert.That(again.GetConfig().ToJsonString(), Is.EqualTo(initializer.GetConfig().ToJsonString()));
        Assert.That(again.GetType(), Is.EqualTo(initializer.GetType()));
        Initializer byClassName = initializer.GetType().Name;
        Assert.That(byClassName.GetType(), Is.EqualTo(initializer.GetType()));
    }

    [TestCaseSource(nameof(Names))]
    public void Create_EveryInitializer_GivesTheShapeInBothDTypes(string name)
    {
        Initializer initializer = name;
        foreach (var dtype in new[] { DType.Float32, DType.Float64 })
        {
            var tensor = initializer.Create([7, 3], dtype);
            Assert.That((tensor.Shape, tensor.DType), Is.EqualTo((new Shape(7, 3), dtype)));
        }
    }

    [Test]
    public void Identifier_Unknown_SuggestsTheNearest()
    {
        Initializer Convert(string name) => name;
        Assert.That(() => Convert("glorot_unifrom"), Throws.ArgumentException.With.Message.Contains("did you mean 'glorot_uniform'?"));
    }

    // As in Keras 3: a seed is drawn when the object is made.
    [Test]
    public void Create_CalledTwice_RepeatsWhileAnotherObjectDiffers()
    {
        var initializer = new GlorotUniform();
        var first = initializer.Create([4, 5]).ToArray<float>();
        Assert.That(initializer.Create([4, 5]).ToArray<float>(), Is.EqualTo(first));
        Assert.That(new GlorotUniform().Create([4, 5]).ToArray<float>(), Is.Not.EqualTo(first));
        Assert.That(initializer.Clone().Create([4, 5]).ToArray<float>(), Is.Not.EqualTo(first));
        Assert.That(initializer.GetConfig()["seed"], Is.Null);
    }

    [Test]
    public void Create_Seeds_DecideTheValues()
    {
        var first = new HeNormal(seed: 1).Create([4, 5]).ToArray<float>();
        Assert.That(new HeNormal(seed: 1).Create([4, 5]).ToArray<float>(), Is.EqualTo(first));
        Assert.That(new HeNormal(seed: 2).Create([4, 5]).ToArray<float>(), Is.Not.EqualTo(first));
        Assert.That(new HeNormal(seed: 1).Clone().Create([4, 5]).ToArray<float>(), Is.EqualTo(first));
    }

    [Test]
    public void SetRandomSeed_FixesInitializersWithoutSeed()
    {
        Keras.SetRandomSeed(5);
        var first = new GlorotUniform().Create([4, 5]).ToArray<float>();
        Keras.SetRandomSeed(5);
        Assert.That(new GlorotUniform().Create([4, 5]).ToArray<float>(), Is.EqualTo(first));
    }

    [Test]
    public void TruncatedNormal_ManyValues_StayWithinTwoDeviations() =>
        Assert.That(new TruncatedNormal(mean: 1, stddev: 0.5, seed: 1).Create([100_000]).ToArray<float>(), Is.All.InRange(0f, 2f));

    [Test]
    public void VarianceScaling_GivenAxes_UsesTheirSizes()
    {
        // Attention kernels [inputs, heads, size]: fan 16 in, not 2 · 16 as a convolution's.
        var values = new VarianceScaling(
            1, "fan_in", "uniform", seed: 1, inputAxes: [0], outputAxes: [1, 2]).Create([16, 2, 64]).ToArray<float>();
        Assert.That(values.Max(), Is.EqualTo(Math.Sqrt(3.0 / 16)).Within(0.01));
    }

    [Test]
    public void Constructors_BadArguments_AreRefused()
    {
        Assert.That(() => new VarianceScaling(scale: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("got 0"));
        Assert.That(() => new VarianceScaling(mode: "fan"), Throws.ArgumentException.With.Message.Contains("'fan'"));
        Assert.That(() => new VarianceScaling(distribution: "cauchy"), Throws.ArgumentException.With.Message.Contains("'cauchy'"));
        Assert.That(new VarianceScaling(distribution: "Normal").Distribution, Is.EqualTo("truncated_normal"));
        Assert.That(() => new Identity().Create([2, 2, 2]), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 2, 2]"));
        Assert.That(() => new Orthogonal().Create([3]), Throws.TypeOf<ShapeException>().With.Message.Contains("at least two-dimensional"));
    }

    [TestCase(3, 8), TestCase(8, 3), TestCase(1, 1), TestCase(0, 4), TestCase(40, 40)]
    public void Orthogonal_AnyShape_HasOrthonormalShorterSide(int rows, int columns)
    {
        var matrix = new Orthogonal(gain: 2, seed: 1).Create([rows, columns], DType.Float64);
        var size = Math.Min(rows, columns);
        var gram = rows < columns ? matrix.MatMul(matrix, transposeB: true) : matrix.MatMul(matrix, transposeA: true);
        Assert.That(gram.ToArray<double>(), Is.EqualTo((Tensor.Eye(size, dtype: DType.Float64) * 4).ToArray<double>()).Within(1e-12));
    }
}
