using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Data;

/// <summary>Who owns the tensors of a pipeline: the step that takes them, never what the program holds itself.</summary>
[NonParallelizable]
public sealed class DatasetMemoryTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Enumerate_ScopePerStep_LiveMemoryFlat(bool prefetch)
    {
        var dataset = Dataset.FromArrays(Tensor.Zeros([64, 100]), Tensor.Zeros([64])).Shuffle(64, seed: 1).Batch(8)
            .Map(static (x, y) => ((x + 1) * 2, y + 1)).Repeat(20);
        if (prefetch)
            dataset = dataset.Prefetch(2);
        var memory = Device.Current.Memory;
        Settle();
        var (bytes, tensors) = (memory.LiveBytes, memory.LiveTensors);
        foreach (var _ in Steps(dataset))
        {
            // At most the batch, what the step before it left to be made, and what waits in the queue and the producer's hand.
            Assert.That(memory.LiveTensors - tensors, Is.LessThan(30));
        }
        Assert.That(memory.LiveTensors, Is.EqualTo(tensors));
        Assert.That(memory.LiveBytes, Is.EqualTo(bytes));
        GC.KeepAlive(dataset);
    }

    [Test]
    public void Enumerate_StoppedEarly_WaitingBatchesGivenBack()
    {
        var dataset = Dataset.FromArrays(Tensor.Zeros([64, 100])).Shuffle(64, seed: 1).Batch(8).Repeat().Prefetch(3);
        Settle();
        var tensors = Device.Current.Memory.LiveTensors;
        foreach (var step in Steps(dataset).Take(2))
            Assert.That(step.X.ToArray<float>(), Is.All.Zero);
        // The element that the producer holds when it is stopped is left to the garbage collector.
        Assert.That(Device.Current.Memory.LiveTensors - tensors, Is.LessThanOrEqualTo(1));
        GC.KeepAlive(dataset);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Enumerate_MappedThenShuffled_ElementsOutliveTheStepsInBetween(bool prefetch)
    {
        // The shuffle's buffer holds tensors over many steps, each with a scope of its own.
        var dataset = Dataset.FromArrays(Tensor.From<float>(Enumerable.Range(0, 40).Select(static i => (float)i).ToArray()))
            .Map(static sample => new Batch(sample.X + 1)).Shuffle(16, seed: 1).Batch(4);
        if (prefetch)
            dataset = dataset.Prefetch(2);
        var seen = new List<float>();
        foreach (var step in Steps(dataset))
            seen.AddRange(step.X.ToArray<float>());
        Assert.That(seen.Order(), Is.EqualTo(Enumerable.Range(1, 40).Select(static i => (float)i)));
    }

    [Test]
    public void Enumerate_TheProgramsOwnBatches_NeverGivenBack()
    {
        Batch[] own = [new(Tensor.From(1f, 2)), new(Tensor.From(3f, 4))];
        for (var epoch = 0; epoch < 2; epoch++)
            foreach (var step in Steps(Dataset.FromEnumerable(own).Shuffle(2).Prefetch(1)))
                Assert.That(step.X.Shape, Is.EqualTo(new Shape(2)));
        TensorAssert.AreIdentical(own[0].X, Tensor.From(1f, 2));
        TensorAssert.AreIdentical(own[1].X, Tensor.From(3f, 4));
    }

    [Test]
    public void Enumerate_GeneratorThatKeepsItsTensors_NeverGivenBack()
    {
        var cache = new List<Batch>();
        IEnumerable<Batch> Generate()
        {
            for (var i = 0; i < 5; i++)
            {
                if (cache.Count == i)
                    cache.Add(new Batch(Tensor.Full([2], i)));
                yield return cache[i];
            }
        }
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var sum = 0.0;
            foreach (var step in Steps(Dataset.FromGenerator(Generate)))
                sum += step.X.ToArray<float>()[1];
            Assert.That(sum, Is.EqualTo(10));
        }
    }

    [Test]
    public void Map_ReturnsWhatItWasGiven_StillTheOwnersTensor()
    {
        var mean = Tensor.From(5f, 5);
        foreach (var step in Steps(Dataset.FromArrays(Tensor.From(1f, 2, 3)).Batch(1).Map(_ => new Batch(mean))))
            TensorAssert.AreIdentical(step.X, Tensor.From(5f, 5));
        TensorAssert.AreIdentical(mean, Tensor.From(5f, 5));
    }

    // What earlier tests left to the collector must not go while a test counts.
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    // As Fit does: the scope is open when the batch is taken, and ends with the step.
    private static IEnumerable<Batch> Steps(IEnumerable<Batch> batches)
    {
        using var enumerator = batches.GetEnumerator();
        while (true)
        {
            using var scope = new TensorScope();
            if (!enumerator.MoveNext())
                yield break;
            yield return enumerator.Current;
        }
    }
}
