using System.Collections;
using GpuKeras.Utilities;

namespace GpuKeras;

/// <summary>Data to train on, as a pipeline of steps: where it comes from, in which order, in which batches. The steps work as in tf.data.</summary>
/// <remarks>
/// <para>Nothing is read before the data set is enumerated, and each enumeration starts anew. An element is a <see cref="GpuKeras.Batch"/>:
/// a single sample without a batch axis up to <see cref="Batch(int, bool)"/>, a batch after it.</para>
/// <para>The tensors that the steps make belong to the <see cref="TensorScope"/> that is open where the elements are taken, such as
/// <c>Fit</c>'s for the step. Tensors that the program holds itself are never given back.</para>
/// </remarks>
public abstract class Dataset : IEnumerable<Batch>
{
    private protected Dataset()
    {
    }

    /// <summary>The number of elements of one enumeration; null if it is not known, or there is no end.</summary>
    public int? Cardinality => Count is { } count and <= int.MaxValue ? (int)count : null;

    /// <summary>Whether the elements never end.</summary>
    public bool IsInfinite => Count == ISequenceStep.Infinite;

    /// <summary>The elements themselves, before they are given to a scope.</summary>
    internal abstract IEnumerable<Batch> Elements { get; }

    private protected abstract long? Count { get; }

    /// <summary>The samples of arrays, one by one.</summary>
    /// <param name="x">The inputs; the first axis of each is the samples.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sampleWeight">How much each sample counts, <c>[samples]</c>.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or there are none.</exception>
    public static Dataset FromArrays(TensorStructure x, TensorStructure? y = null, TensorStructure? sampleWeight = null)
    {
        var samples = ArraySource.CheckCardinality(x, y, sampleWeight);
        return new ArrayDataset(new Batch(x, y, sampleWeight), new(Enumerable.Range(0, samples), samples));
    }

    /// <summary>The elements of a sequence, which is enumerated anew for each pass.</summary>
    /// <param name="elements">The elements.</param>
    public static Dataset FromEnumerable(IEnumerable<Batch> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return elements as Dataset
            ?? new ElementDataset(new(elements, elements switch
            {
                ICollection<Batch> list => list.Count,
                IReadOnlyCollection<Batch> list => list.Count,
                _ => null,
            }));
    }

    /// <summary>The elements that a function gives, which is called anew for each pass.</summary>
    /// <param name="generator">Returns the elements, for instance by <c>yield return</c>.</param>
    /// <param name="cardinality">The number of elements, if it is known.</param>
    public static Dataset FromGenerator(Func<IEnumerable<Batch>> generator, int? cardinality = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new ElementDataset(new(Enumerate(generator), cardinality));
    }

    /// <summary>The elements in random order, drawn one by one from a buffer that is kept full.</summary>
    /// <param name="bufferSize">The size of the buffer. With at least the number of elements, every order is as likely.</param>
    /// <param name="seed">Which order; by default one that follows from <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="reshuffleEachIteration">Whether each enumeration has an order of its own.</param>
    public Dataset Shuffle(int bufferSize, long? seed = null, bool reshuffleEachIteration = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
        return Then(new ShuffleStep(bufferSize, seed ?? GlobalSeed.Next(), reshuffleEachIteration));
    }

    /// <summary>The elements again and again.</summary>
    /// <param name="count">How often; by default without end.</param>
    public Dataset Repeat(int? count = null)
    {
        if (count is { } times)
            ArgumentOutOfRangeException.ThrowIfNegative(times, nameof(count));
        return Then(new RepeatStep(count));
    }

    /// <summary>The first elements, at most <paramref name="count"/>.</summary>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Then(new TakeStep(count));
    }

    /// <summary>All but the first <paramref name="count"/> elements.</summary>
    public Dataset Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Then(new SkipStep(count));
    }

    /// <summary>Puts consecutive elements together along a new first axis.</summary>
    /// <param name="size">Elements per batch.</param>
    /// <param name="dropRemainder">Whether a smaller last batch is left out.</param>
    /// <remarks>Whole batches are gathered from arrays at once, whatever their order.</remarks>
    public Dataset Batch(int size, bool dropRemainder = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        long? count = Count is { } known and < ISequenceStep.Infinite ? (dropRemainder ? known / size : (known + size - 1) / size) : Count;
        return new ElementDataset(new(Batches(size, dropRemainder), count));
    }

    /// <summary>Changes each element.</summary>
    /// <param name="change">
    /// Returns the new element. Tensors that it makes and does not return are given back when it returns; <see cref="Tensor.Keep"/> prevents that.
    /// </param>
    public Dataset Map(Func<Batch, Batch> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new ElementDataset(new(MapElements.Run(Elements, change), Count));
    }

    /// <summary>Changes the input and the target of each element; its sample weight stays.</summary>
    /// <inheritdoc cref="Map(Func{GpuKeras.Batch, GpuKeras.Batch})"/>
    public Dataset Map(Func<Tensor, Tensor, (Tensor X, Tensor Y)> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Map(element =>
        {
            var (x, y) = change(element.X, element.Y);
            return new Batch(x, y, element.SampleWeights);
        });
    }

    /// <summary>Makes the elements ahead of time, on a thread of its own.</summary>
    /// <param name="bufferSize">How many elements may wait.</param>
    /// <remarks>
    /// An exception there is thrown to the consumer after the elements before it. Whoever stops early and disposes the enumerator,
    /// as <c>foreach</c> does, waits for the element in the making.
    /// </remarks>
    public Dataset Prefetch(int bufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
        return new ElementDataset(new(PrefetchQueue.Run(Elements, bufferSize), Count));
    }

    /// <inheritdoc/>
    public IEnumerator<Batch> GetEnumerator() => new DatasetEnumerator(Elements.GetEnumerator());

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected abstract Dataset Then(ISequenceStep step);

    private protected abstract IEnumerable<Batch> Batches(int size, bool dropRemainder);

    private static IEnumerable<Batch> Enumerate(Func<IEnumerable<Batch>> generator)
    {
        foreach (var element in generator())
            yield return element;
    }
}
