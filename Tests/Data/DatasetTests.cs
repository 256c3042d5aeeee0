using FsCheck;
using FsCheck.Fluent;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Data;

/// <summary>The steps of a data pipeline: what comes out, in which order, how often, and when.</summary>
public sealed class DatasetTests
{
    [Test]
    public void FromArrays_Enumerated_SamplesWithoutBatchAxis()
    {
        var samples = Dataset.FromArrays(
            Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }), Tensor.From<byte>(7, 8), Tensor.From(0.5f, 1)).ToList();
        Assert.That(samples, Has.Count.EqualTo(2));
        TensorAssert.AreIdentical(samples[1].X, Tensor.From(3f, 4f));
        TensorAssert.AreIdentical(samples[1].Y, Tensor.From([(byte)8], []));
        TensorAssert.AreIdentical(samples[1].SampleWeight!, Tensor.From([1f], []));
    }

    [Test]
    public void FromArrays_CountsDiffer_SaysSo() => Assert.That(
        () => Dataset.FromArrays(Tensor.Zeros([3, 1]), Tensor.Zeros([2])),
        Throws.ArgumentException.With.Message.Contains("'x' sizes: 3; 'y' sizes: 2"));

    [Test]
    public void FromArrays_NamedInputs_CutAlike()
    {
        var x = new TensorStructure { ["b"] = Tensor.From(1, 2, 3), ["a"] = Tensor.From(4f, 5, 6) };
        var batch = Dataset.FromArrays(x).Skip(1).Batch(2).Single();
        TensorAssert.AreIdentical(batch.Inputs["a"], Tensor.From(5f, 6));
        TensorAssert.AreIdentical(batch.Inputs["b"], Tensor.From(2, 3));
    }

    [TestCase(10, 4, false, new[] { 4, 4, 2 })]
    [TestCase(10, 4, true, new[] { 4, 4 })]
    [TestCase(10, 5, false, new[] { 5, 5 })]
    [TestCase(3, 4, false, new[] { 3 })]
    [TestCase(3, 4, true, new int[0])]
    public void Batch_Sizes_AndCardinality(int samples, int size, bool dropRemainder, int[] expected)
    {
        foreach (var dataset in new[] { Numbers(samples), Numbers(samples).Map(static sample => sample) })
        {
            var batched = dataset.Batch(size, dropRemainder);
            Assert.That(batched.Select(static batch => batch.Size), Is.EqualTo(expected));
            Assert.That(batched.Cardinality, Is.EqualTo(expected.Length));
        }
    }

    [Test]
    public void Steps_AnyCombination_AsOnLists() => Prop.ForAll<byte, byte, byte>((samples, skipped, taken) =>
    {
        var (n, skip, take, batch) = (samples % 20 + 1, skipped % 25, taken % 50, taken % 7 + 1);
        var expected = Enumerable.Range(0, n).Concat(Enumerable.Range(0, n)).Skip(skip).Take(take).Chunk(batch).Select(
            static chunk => chunk.ToArray()).ToList();
        // Once on numbers of samples, once on samples themselves.
        foreach (var source in new[] { Numbers(n), Numbers(n).Map(static sample => sample) })
        {
            var dataset = source.Repeat(2).Skip(skip).Take(take).Batch(batch);
            Assert.That(dataset.Cardinality, Is.EqualTo(expected.Count));
            Assert.That(dataset.Select(Values), Is.EqualTo(expected));
            Assert.That(dataset.Select(Values), Is.EqualTo(expected), "the second enumeration");
        }
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Shuffle_AnyBuffer_EverySampleOnceWithItsTarget() => Prop.ForAll<byte, byte, int>((samples, buffer, seed) =>
    {
        var (n, size) = (samples + 1, buffer % 40 + 1);
        var x = Enumerable.Range(0, n).ToArray();
        var y = Array.ConvertAll(x, static value => 3f * value);
        var seen = new List<int>();
        foreach (var (inputs, targets) in Dataset.FromArrays(Tensor.From<int>(x), Tensor.From<float>(y)).Shuffle(size, seed).Batch(3))
        {
            seen.AddRange(inputs.ToArray<int>());
            Assert.That(targets.ToArray<float>(), Is.EqualTo(Array.ConvertAll(inputs.ToArray<int>(), static value => 3f * value)));
        }
        // An element cannot come before it has entered the buffer.
        for (var i = 0; i < seen.Count; i++)
            Assert.That(seen[i], Is.LessThan(i + size));
        Assert.That(seen.Order(), Is.EqualTo(x));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Shuffle_OnNumbersAndOnSamples_SameOrder()
    {
        var byNumber = Numbers(50).Shuffle(20, seed: 5).Batch(8);
        var bySample = Numbers(50).Map(static sample => sample).Shuffle(20, seed: 5).Batch(8);
        Assert.That(bySample.Select(Values), Is.EqualTo(byNumber.Select(Values)));
    }

    [Test]
    public void Shuffle_Seeds_DecideTheOrder()
    {
        var order = Order(Numbers(100).Shuffle(100, seed: 1));
        Assert.That(Order(Numbers(100).Shuffle(100, seed: 1)), Is.EqualTo(order));
        Assert.That(Order(Numbers(100).Shuffle(100, seed: 2)), Is.Not.EqualTo(order));
        Assert.That(order, Is.Not.Ordered);
    }

    [Test]
    public void Shuffle_GlobalSeed_DecidesTheOrder()
    {
        Keras.SetRandomSeed(3);
        var first = Order(Numbers(100).Shuffle(100));
        Keras.SetRandomSeed(3);
        Assert.That(Order(Numbers(100).Shuffle(100)), Is.EqualTo(first));
        Assert.That(Order(Numbers(100).Shuffle(100)), Is.Not.EqualTo(first));
    }

    [Test]
    public void Shuffle_EachIteration_NewOrderUnlessToldOtherwise()
    {
        var again = Numbers(100).Shuffle(100, seed: 1);
        Assert.That(Order(again), Is.Not.EqualTo(Order(again)));
        var same = Numbers(100).Shuffle(100, seed: 1, reshuffleEachIteration: false);
        Assert.That(Order(same), Is.EqualTo(Order(same)));
        var repeated = Order(Numbers(100).Shuffle(100, seed: 1).Repeat(2));
        Assert.That(repeated[100..], Is.Not.EqualTo(repeated[..100]).And.EquivalentTo(repeated[..100]));
    }

    [Test]
    public void Shuffle_ThreeElements_EveryOrderAboutAsOften()
    {
        var dataset = Numbers(3).Shuffle(3, seed: 11);
        var counts = new Dictionary<string, int>();
        const int passes = 6000;
        for (var i = 0; i < passes; i++)
        {
            var order = string.Concat(Order(dataset));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.That(counts, Has.Count.EqualTo(6));
        // Five standard deviations of a binomial with p = 1/6.
        var deviation = Math.Sqrt(passes * (1.0 / 6) * (5.0 / 6));
        Assert.That(counts.Values, Is.All.EqualTo(passes / 6.0).Within(5 * deviation));
    }

    [Test]
    public void Cardinality_KnownUnknownInfinite()
    {
        var unknown = Dataset.FromGenerator(static () => []);
        Assert.That(unknown.Cardinality, Is.Null);
        Assert.That(unknown.IsInfinite, Is.False);
        Assert.That(unknown.Take(3).Cardinality, Is.Null);
        Assert.That(Dataset.FromGenerator(static () => [], cardinality: 4).Skip(1).Cardinality, Is.EqualTo(3));
        var infinite = Numbers(3).Repeat();
        Assert.That(infinite.Cardinality, Is.Null);
        Assert.That(infinite.Batch(2).Skip(5).Shuffle(3).IsInfinite, Is.True);
        Assert.That(infinite.Take(7).Cardinality, Is.EqualTo(7));
        Assert.That(unknown.Repeat().IsInfinite, Is.True, "so that Fit asks for the number of steps instead of never ending");
        Assert.That(unknown.Repeat(2).Cardinality, Is.Null);
        Assert.That(Numbers(3).Repeat(0).Cardinality, Is.Zero);
        Assert.That(Dataset.FromEnumerable(new[] { new Batch(Tensor.Scalar(1)) }).Cardinality, Is.EqualTo(1));
    }

    [Test]
    public void Repeat_NothingWithoutEnd_Ends() => Assert.That(Dataset.FromGenerator(static () => []).Repeat(), Is.Empty);

    [Test]
    public void Pipeline_IsLazyAndReadsNoMoreThanNeeded()
    {
        var (passes, read) = (0, 0);
        IEnumerable<Batch> Generate()
        {
            passes++;
            while (true)
            {
                read++;
                yield return new Batch(Tensor.Scalar(read));
            }
        }
        var dataset = Dataset.FromGenerator(Generate).Skip(1).Take(2).Map(static element => element).Batch(1);
        Assert.That(passes, Is.Zero);
        Assert.That(dataset.Count(), Is.EqualTo(2));
        Assert.That((passes, read), Is.EqualTo((1, 3)));
        Assert.That(dataset.Count(), Is.EqualTo(2));
        Assert.That((passes, read), Is.EqualTo((2, 6)));
    }

    [Test]
    public void Map_InputAndTarget_WeightStays()
    {
        var dataset = Dataset.FromArrays(
            Tensor.From(1f, 2), Tensor.From(3f, 4), Tensor.From(5f, 6)).Batch(2).Map(static (x, y) => (x * 10, y + 1));
        var batch = dataset.Single();
        TensorAssert.AreIdentical(batch.X, Tensor.From(10f, 20));
        TensorAssert.AreIdentical(batch.Y, Tensor.From(4f, 5));
        TensorAssert.AreIdentical(batch.SampleWeight!, Tensor.From(5f, 6));
    }

    [Test]
    public void Batch_ShapesDiffer_NamesBoth()
    {
        var dataset = Dataset.FromEnumerable([new Batch(Tensor.Zeros([2])), new Batch(Tensor.Zeros([3]))]).Batch(2);
        Assert.That(() => dataset.ToList(), Throws.TypeOf<ShapeException>().With.Message.Contains("[2]").And.Message.Contains("[3]"));
    }

    [Test]
    public void Batch_TargetsMissing_SaysSo()
    {
        var dataset = Dataset.FromEnumerable([new Batch(Tensor.Zeros([2]), Tensor.Zeros([])), new Batch(Tensor.Zeros([2]))]).Batch(2);
        Assert.That(() => dataset.ToList(), Throws.ArgumentException.With.Message.Contains("same parts"));
    }

    [Test]
    public void Arguments_OutOfRange_Refused()
    {
        var dataset = Numbers(3);
        Assert.That(() => dataset.Batch(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => dataset.Shuffle(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => dataset.Take(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => dataset.Skip(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => dataset.Repeat(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => dataset.Prefetch(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static Dataset Numbers(int count) => Dataset.FromArrays(Tensor.From<int>(Enumerable.Range(0, count).ToArray()));

    private static int[] Order(Dataset samples) => [.. samples.Select(static sample => (int)sample.X.ToScalar())];

    private static int[] Values(Batch batch) => batch.X.ToArray<int>();
}
