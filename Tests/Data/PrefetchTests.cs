using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace GpuKeras.Tests.Data;

/// <summary>The thread that makes elements ahead of time: order, bounds, errors, and its end.</summary>
[CancelAfter(30_000)]
public sealed class PrefetchTests
{
    [Test]
    public void Prefetch_Elements_SameInOrder()
    {
        var dataset = Dataset.FromArrays(Tensor.From<int>(Enumerable.Range(0, 100).ToArray())).Batch(7).Prefetch(3);
        for (var pass = 0; pass < 2; pass++)
            Assert.That(dataset.SelectMany(static batch => batch.X.ToArray<int>()), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(dataset.Cardinality, Is.EqualTo(15));
    }

    [Test]
    public void Prefetch_SlowConsumer_ProducerStaysWithinTheBuffer()
    {
        var made = 0;
        IEnumerable<Batch> Generate()
        {
            while (true)
                yield return new Batch(Tensor.Scalar(Interlocked.Increment(ref made)));
        }
        using var enumerator = Dataset.FromGenerator(Generate).Prefetch(4).GetEnumerator();
        Assert.That(enumerator.MoveNext(), Is.True);
        // One taken, four waiting, one in the producer's hand: it gets there, and no further.
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref made) == 6, TimeSpan.FromSeconds(10)), Is.True);
        Thread.Sleep(50);
        Assert.That(made, Is.EqualTo(6));
    }

    [Test]
    public void Prefetch_RunsOnAnotherThread()
    {
        var producer = 0;
        IEnumerable<Batch> Generate()
        {
            producer = Environment.CurrentManagedThreadId;
            yield return new Batch(Tensor.Scalar(1));
        }
        Assert.That(Dataset.FromGenerator(Generate).Prefetch(1).Count(), Is.EqualTo(1));
        Assert.That(producer, Is.Not.Zero.And.Not.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    public void Prefetch_ProducerFails_ElementsFirstThenTheErrorWithItsStack()
    {
        var seen = 0;
        var error = Assert.Throws<FormatException>(() =>
        {
            foreach (var _ in Dataset.FromGenerator(static () => Failing(3)).Prefetch(8))
                seen++;
        })!;
        Assert.That(seen, Is.EqualTo(3));
        Assert.That(error.Message, Is.EqualTo("bad line"));
        Assert.That(error.StackTrace, Does.Contain(nameof(ThrowFromProducer)));
    }

    [Test]
    public void Prefetch_MapFails_ReachesTheConsumer()
    {
        var dataset = Dataset.FromArrays(Tensor.From(1f, 2)).Batch(1).Map(static _ => throw new FormatException("in map")).Prefetch(1);
        Assert.That(() => dataset.ToList(), Throws.TypeOf<FormatException>().With.Message.EqualTo("in map"));
    }

    [Test]
    public void Prefetch_ConsumerStopsEarly_ProducerHasEndedWhenTheLoopIsLeft()
    {
        var ended = false;
        IEnumerable<Batch> Generate()
        {
            try
            {
                while (true)
                    yield return new Batch(Tensor.Scalar(1));
            }
            finally
            {
                Thread.Sleep(20);
                ended = true;
            }
        }
        foreach (var _ in Dataset.FromGenerator(Generate).Prefetch(2))
            break;
        Assert.That(ended, Is.True, "leaving the loop waits for the thread");
    }

    [Test]
    public void Prefetch_ConsumerFails_ProducerEnds()
    {
        var ended = false;
        IEnumerable<Batch> Generate()
        {
            try
            {
                while (true)
                    yield return new Batch(Tensor.Scalar(1));
            }
            finally
            {
                ended = true;
            }
        }
        Assert.That(
            () =>
            {
                foreach (var _ in Dataset.FromGenerator(Generate).Prefetch(2))
                    throw new InvalidOperationException("the consumer's own");
            },
            Throws.InvalidOperationException.With.Message.EqualTo("the consumer's own"));
        Assert.That(ended, Is.True);
    }

    [Test]
    public void Prefetch_StoppedBeforeTheFirstElement_NothingHappens()
    {
        var started = false;
        IEnumerable<Batch> Generate()
        {
            started = true;
            yield break;
        }
        Dataset.FromGenerator(Generate).Prefetch(2).GetEnumerator().Dispose();
        Assert.That(started, Is.False);
    }

    [Test]
    public void Prefetch_Many_NoThreadsLeft()
    {
        var ended = 0;
        IEnumerable<Batch> Generate()
        {
            try
            {
                while (true)
                    yield return new Batch(Tensor.Scalar(1));
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }
        }
        for (var i = 0; i < 200; i++)
            Assert.That(Dataset.FromGenerator(Generate).Prefetch(i % 3 + 1).Prefetch(1).Take(i % 5 + 1).Count(), Is.EqualTo(i % 5 + 1));
        Assert.That(ended, Is.EqualTo(200));
    }

    private static IEnumerable<Batch> Failing(int elements)
    {
        for (var i = 0; i < elements; i++)
            yield return new Batch(Tensor.Scalar(i));
        ThrowFromProducer();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowFromProducer() => throw new FormatException("bad line");
}
