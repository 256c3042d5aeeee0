using System.Numerics;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Attention;
using GpuKeras.Kernels.Random;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Attention;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class AttentionKernelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly PhiloxKey Key = new(3, 5);

    // Batch, heads, queries, values, key size, value size: around registers (4, 8, 16), tiles (6, 14, 32) and blocks (64, 256 queries).
    private static readonly int[][] Sizes =
    [
        [1, 1, 1, 1, 1, 1], [2, 3, 15, 17, 4, 5], [1, 2, 16, 16, 16, 16], [2, 1, 17, 15, 33, 31], [1, 3, 33, 1, 7, 32], [1, 2, 1, 65, 32, 1],
        [3, 2, 14, 64, 8, 33], [1, 1, 257, 31, 3, 2], [1, 1, 70, 1100, 2, 3], [2, 2, 0, 3, 4, 4], [0, 2, 3, 3, 4, 4],
    ];

    [TestCaseSource(nameof(Sizes))]
    public void ForwardAndGradient_NoMask_MatchDefinition(int[] size) => Check(size, Mask.None, causal: false, rate: 0);

    [TestCaseSource(nameof(Sizes))]
    public void ForwardAndGradient_Dropout_MatchDefinition(int[] size) => Check(size, Mask.None, causal: false, rate: 0.3);

    [TestCaseSource(nameof(Sizes))]
    public void ForwardAndGradient_Causal_MatchDefinition(int[] size) => Check(size, Mask.None, causal: true, rate: 0);

    [TestCaseSource(nameof(Sizes))]
    public void ForwardAndGradient_FullMask_MatchDefinition(int[] size) => Check(size, Mask.Full, causal: false, rate: 0.5);

    [TestCaseSource(nameof(Sizes))]
    public void ForwardAndGradient_MaskOfValues_MatchDefinition(int[] size) => Check(size, Mask.OfValues, causal: true, rate: 0);

    [TestCaseSource(nameof(Sizes))]
    public void ForwardAndGradient_MaskOfQueries_MatchDefinition(int[] size) => Check(size, Mask.OfQueries, causal: false, rate: 0);

    [Test]
    public void ForwardAndGradient_NoValues_AreZero()
    {
        using var run = new Run([2, 2, 3, 0, 4, 5], Mask.None, causal: false, rate: 0);
        run.Execute();
        Assert.That(run.Output.Values, Is.All.EqualTo(T.Zero));
        Assert.That(run.QueryGradient.Values, Is.All.EqualTo(T.Zero));
    }

    [Test]
    public void Forward_NaNScore_SpoilsItsRowOnly()
    {
        using var run = new Run([1, 1, 3, 4, 2, 2], Mask.None, causal: false, rate: 0);
        run.Query[2] = T.NaN;
        run.Execute();
        Assert.That(run.Output.Values[2..4], Is.All.NaN);
        Assert.That(run.Output.Values[..2].Concat(run.Output.Values[4..]), Has.None.NaN);
    }

    [Test]
    public void Forward_HiddenNaN_DoesNotShow()
    {
        using var run = new Run([1, 1, 3, 20, 2, 2], Mask.OfValues, causal: false, rate: 0);
        run.KeyOf(value: 1)[0] = T.NaN;
        run.Execute();
        Assert.That(run.Output.Values, Has.None.NaN, "value 1 is hidden");
    }

    [Test]
    public void Forward_LargeScores_DoNotOverflow()
    {
        using var run = new Run([1, 1, 2, 3, 1, 1], Mask.None, causal: false, rate: 0);
        run.Query.Span.Fill(T.CreateChecked(1000));
        run.Execute();
        Assert.That(run.Output.Values, Has.All.Matches<T>(T.IsFinite));
    }

    [Test]
    [NonParallelizable]
    public void ThreadCount_AnySplit_GivesTheSameBits()
    {
        var results = Threads.Results(() =>
        {
            using var run = new Run([3, 3, 70, 1100, 16, 16], Mask.OfValues, causal: true, rate: 0.1);
            run.Execute();
            return new[] { run.Output, run.QueryGradient, run.KeyGradient, run.ValueGradient }.SelectMany(static a => a.Values).ToArray();
        });
        Assert.That(results, Is.All.EqualTo(results[0]));
    }

    private static void Check(int[] size, Mask kind, bool causal, double rate)
    {
        using var run = new Run(size, kind, causal, rate);
        run.Execute();
        var s = run.Sizes;
        using var kept = new HostArray<double>(s.Batch * s.Heads * s.Queries * s.Values);
        kept.Span.Fill(1);
        if (rate > 0)
            new DropoutKernel<double>(Key, kept, kept, rate).RunHost();
        double[] Doubles(HostArray<T> array) => Array.ConvertAll(array.Values, static x => double.CreateChecked(x));
        var expected = new AttentionReference(
            s, Run.Scale, Doubles(run.Query), Doubles(run.Key), Doubles(run.Value), Doubles(run.OutputGradient),
            (b, h, i, j) => (!causal || j <= i) && Run.Sees(kind, b, h, i, j), kept.Values);

        // A score's error, of keyDim terms each at most 1, is the relative error of its exponential; a few more steps follow.
        var roundings = 4 * (s.KeyDim * s.KeyDim + s.ValueDim + s.Values + s.Queries + 8);
        expected.Output.Check("output", run.Output, roundings);
        expected.QueryGradient.Check("query gradient", run.QueryGradient, roundings);
        expected.KeyGradient.Check("key gradient", run.KeyGradient, roundings);
        expected.ValueGradient.Check("value gradient", run.ValueGradient, roundings);
    }

    public enum Mask
    {
        None,
        Full,
        OfValues,
        OfQueries,
    }

    /// <summary>The arrays of a forward and a backward pass.</summary>
    private sealed class Run : IDisposable
    {
        public const double Scale = 0.7;

        private readonly HostArray<T> visible;
        private readonly HostArray<T> shift;
        private readonly HostArray<T> inverse;
        private readonly AttentionMask<T> mask;
        private readonly double rate;

        public Run(int[] size, Mask kind, bool causal, double rate)
        {
            Sizes = new(size[0], size[1], size[2], size[3], size[4], size[5]);
            this.rate = rate;
            var (rows, queries, values) = (Sizes.Batch * Sizes.Heads * Sizes.Queries, Sizes.Queries, Sizes.Values);
            Query = new(Samples.Uniform<T>(rows * Sizes.KeyDim, 1));
            Key = new(Samples.Uniform<T>(Sizes.Batch * Sizes.Heads * values * Sizes.KeyDim, 2));
            Value = new(Samples.Uniform<T>(Sizes.Batch * Sizes.Heads * values * Sizes.ValueDim, 3));
            OutputGradient = new(Samples.Uniform<T>(rows * Sizes.ValueDim, 4));
            (Output, QueryGradient, KeyGradient, ValueGradient) =
                (new(OutputGradient.Length), new(Query.Length), new(Key.Length), new(Value.Length));
            (shift, inverse) = (new(rows), new(rows));
            (visible, var strides) = kind switch
            {
                Mask.Full => (
                    Entries(Sizes.Batch, Sizes.Heads, queries, values, kind),
                    new[] { Sizes.Heads * queries * values, queries * values, values, 1 }),
                Mask.OfValues => (Entries(Sizes.Batch, 1, 1, values, kind), [values, 0, 0, 1]),
                Mask.OfQueries => (Entries(Sizes.Batch, 1, queries, 1, kind), [queries, 0, 1, 0]),
                _ => (new HostArray<T>(0), [0, 0, 0, 0]),
            };
            mask = new(visible, new Extents(strides), causal);
        }

        public AttentionSizes Sizes { get; }

        public HostArray<T> Query { get; }

        public HostArray<T> Key { get; }

        public HostArray<T> Value { get; }

        public HostArray<T> OutputGradient { get; }

        public HostArray<T> Output { get; }

        public HostArray<T> QueryGradient { get; }

        public HostArray<T> KeyGradient { get; }

        public HostArray<T> ValueGradient { get; }

        /// <summary>The first head's key of a value in the first batch entry.</summary>
        public Span<T> KeyOf(int value) => Key.Span.Slice(value * Sizes.Heads * Sizes.KeyDim, Sizes.KeyDim);

        /// <summary>The masks' rule; some queries see nothing.</summary>
        public static bool Sees(Mask kind, int b, int h, int i, int j) => kind switch
        {
            Mask.Full => (b + h + i) % 4 != 0 && (b + 2 * h + 3 * i + 5 * j) % 3 != 0,
            Mask.OfValues => (b + j) % 3 != 1,
            Mask.OfQueries => (b + i) % 2 == 0,
            _ => true,
        };

        public void Execute()
        {
            // What a pass does not write must show.
            foreach (var array in new[] { Output, QueryGradient, KeyGradient, ValueGradient })
                array.Span.Fill(T.NaN);
            var dropout = new DropoutMask(AttentionKernelTests<T>.Key, rate);
            new AttentionKernel<T>(Query, Key, Value, mask, dropout, Output, shift, inverse, Sizes, Scale).RunHost();
            new AttentionGradientKernel<T>(
                Query, Key, Value, mask, dropout, Output, shift, inverse, OutputGradient, QueryGradient, KeyGradient, ValueGradient, Sizes,
                Scale).RunHost();
        }

        public void Dispose()
        {
            HostArray<T>[] arrays =
            [
                Query, Key, Value, OutputGradient, Output, QueryGradient, KeyGradient, ValueGradient, visible, shift, inverse,
            ];
            foreach (var array in arrays)
                array.Dispose();
        }

        private static HostArray<T> Entries(int batch, int heads, int queries, int values, Mask kind)
        {
            var entries = new T[batch * heads * queries * values];
            for (var index = 0; index < entries.Length; index++)
            {
                var (rest, j) = Math.DivRem(index, values);
                (rest, var i) = Math.DivRem(rest, queries);
                var (b, h) = Math.DivRem(rest, heads);
                entries[index] = Sees(kind, b, h, i, j) ? T.One : T.Zero;
            }
            return new(entries);
        }
    }
}
