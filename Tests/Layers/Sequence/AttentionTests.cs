using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers.Sequence;

public sealed class AttentionTests
{
    private const int Batch = 2;
    private const int Queries = 3;
    private const int Values = 4;
    private const int Heads = 2;

    private static readonly bool[] ValueIsReal = [true, true, true, false, true, false, true, true];

    [Test]
    public void Call_QueryValueKey_AgreesWithTheDefinition([Values] bool causal, [Values] bool masked)
    {
        var (layer, q, v, k) = Built();
        var mask = masked
            ? Tensor.From([.. Enumerable.Range(0, Batch * Queries * Values).Select(static i => i % 3 != 1)], [Batch, Queries, Values])
            : null;
        bool Sees(int b, int i, int j) => (!causal || i >= j) && (!masked || ((b * Queries + i) * Values + j) % 3 != 1);

        var results = layer.ApplyAll(q, v, k, mask, causal, returnAttentionScores: true);

        var (output, scores) = Reference(layer, q, v, k, Sees);
        SequenceChecks.AreClose(results[0], output);
        SequenceChecks.AreClose(results[1], scores);
        Assert.That(results[0].Shape, Is.EqualTo(new Shape(Batch, Queries, 7)));
        Assert.That(results[1].Shape, Is.EqualTo(new Shape(Batch, Heads, Queries, Values)));
        SequenceChecks.AreClose(layer.Apply(q, v, k, mask, causal), output);
    }

    [Test]
    public void Call_MasksOfTheInputs_HideQueriesAndValues()
    {
        var (layer, q, v, k) = Built();
        var queryMask = Tensor.From([true, true, false, true, true, true], [Batch, Queries]);

        var output = layer.ApplyAll([q, v, k], masks: [queryMask, Tensor.From(ValueIsReal, [Batch, Values]), null])[0];

        SequenceChecks.AreClose(
            output, Reference(layer, q, v, k, static (b, i, j) => (b, i) != (0, 2) && ValueIsReal[b * Values + j]).Output);
        Assert.That(output.Mask, Is.SameAs(queryMask), "the query's mask goes on");
    }

    [Test]
    public void Call_WithoutKey_TakesTheValue()
    {
        var layer = new MultiHeadAttention(Heads, 3) { DType = DType.Float64 };
        var (q, v) = (SequenceChecks.Random([Batch, Queries, 5], 1), SequenceChecks.Random([Batch, Values, 4], 2));
        layer.Apply(q, v);
        SequenceChecks.Randomize(layer, 40);

        SequenceChecks.AreClose(layer.Apply(q, v), Reference(layer, q, v, v, static (_, _, _) => true).Output);
        SequenceChecks.AreClose(layer.Apply([q, v]), layer.Apply(q, v, v).ToArray<double>());
    }

    [Test]
    public void Call_SeveralPositionAxes_AttendsOverAllOfThem()
    {
        var layer = new MultiHeadAttention(Heads, 3) { DType = DType.Float64 };
        var x = SequenceChecks.Random([Batch, 2, 3, 4], 1);

        var output = layer.Apply(x, x);

        Assert.That(output.Shape, Is.EqualTo(x.Shape));
        SequenceChecks.AreClose(output, layer.Apply(x.Reshape([Batch, 6, 4]), x.Reshape([Batch, 6, 4])).ToArray<double>());
    }

    [Test]
    public void Gradient_AgreesWithFiniteDifferences()
    {
        var (layer, q, v, k) = Built();

        SequenceChecks.CheckGradients(
            layer, [q, v, k], given => layer.ApplyAll(given[0], given[1], given[2], useCausalMask: true, returnAttentionScores: true));
    }

    [Test]
    public void Model_KeepsTheArgumentsOfTheCall()
    {
        var layer = new MultiHeadAttention(Heads, 3);
        var input = Keras.Input([Shape.Unknown, 4]);
        var results = layer.ApplyAll(input, input, useCausalMask: true, returnAttentionScores: true);
        Assert.That(results[0].Shape, Is.EqualTo(new Shape(Shape.Unknown, Shape.Unknown, 4)));
        var model = new Model(input, results);

        var scores = model.ApplyAll(Tensor.Ones([1, 2, 4]))[1].ToArray<float>();

        Assert.That(
            scores, Is.EqualTo(new[] { 1f, 0, 0.5f, 0.5f, 1, 0, 0.5f, 0.5f }), "equal keys, and the first query sees only the first");
    }

    [Test]
    public void Call_DropoutInTraining_DropsScores()
    {
        var layer = new MultiHeadAttention(Heads, 3, dropout: 1, useBias: false);
        var x = Tensor.Ones([1, 3, 4]);

        Assert.That(layer.Apply(x, x, training: true).ToArray<float>(), Is.All.Zero);
        Assert.That(layer.Apply(x, x).ToArray<float>(), Is.All.Not.Zero);
    }

    [Test]
    public void Call_WithAndWithoutScores_DropsTheSame([Values] bool causal)
    {
        static (MultiHeadAttention Layer, Tensor Query, Tensor Value, Tensor Key) Make() => Built(dropout: 0.4);
        var (layer, q, v, k) = Make();
        var expected = layer.ApplyAll(q, v, k, useCausalMask: causal, returnAttentionScores: true, training: true)[0];
        (layer, q, v, k) = Make();

        SequenceChecks.AreClose(layer.Apply(q, v, k, useCausalMask: causal, training: true), expected.ToArray<double>());
    }

    [Test]
    public void Gradient_MasksAndQueriesThatSeeNothing_AgreesWithFiniteDifferences([Values] bool scores)
    {
        var (layer, q, v, k) = Built();
        var mask = Tensor.From([.. Enumerable.Range(0, Batch * Queries * Values).Select(static i => i % 3 != 1 && i / Values != 2)],
            [Batch, Queries, Values]);

        SequenceChecks.CheckGradients(
            layer, [q, v, k], given => layer.ApplyAll(given[0], given[1], given[2], mask, returnAttentionScores: scores));
    }

    [Test]
    public void Build_Weights_HaveKerasPathsAndShapes()
    {
        var layer = new MultiHeadAttention(Heads, 3, valueDim: 2, outputShape: [6, 5], name: "attention");
        var output = layer.Apply(Tensor.Zeros([1, 2, 7]), Tensor.Zeros([1, 3, 8]), Tensor.Zeros([1, 3, 9]));

        Assert.That(output.Shape, Is.EqualTo(new Shape(1, 2, 6, 5)));
        Assert.That(layer.Weights.Select(static weight => $"{weight.Path} {weight.Shape}"), Is.EqualTo(new[]
        {
            "attention/query/kernel [7, 2, 3]", "attention/query/bias [2, 3]", "attention/key/kernel [9, 2, 3]",
            "attention/key/bias [2, 3]",
            "attention/value/kernel [8, 2, 2]", "attention/value/bias [2, 2]", "attention/attention_output/kernel [2, 2, 6, 5]",
            "attention/attention_output/bias [6, 5]",
        }));
    }

    [Test]
    public void Arguments_OutOfRange_AreNamed()
    {
        Assert.That(static () => new MultiHeadAttention(0, 3), Throws.ArgumentException.With.Message.Contains("num_heads=0"));
        Assert.That(
            static () => new MultiHeadAttention(1, 3, valueDim: -1), Throws.ArgumentException.With.Message.Contains("value_dim=-1"));
        Assert.That(static () => new MultiHeadAttention(1, 3, dropout: 2), Throws.ArgumentException.With.Message.Contains("rate=2"));
        var x = Tensor.Zeros([1, 2, 3]);
        Assert.That(() => new MultiHeadAttention(1, 3).Apply(x), Throws.ArgumentException.With.Message.Contains("got 1 tensors"));
        Assert.That(
            () => new MultiHeadAttention(1, 3).Apply(x, x, Tensor.Zeros([1, 4, 3])),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("value (1, 2, 3), key (1, 4, 3)"));
        Assert.That(
            () => new MultiHeadAttention(1, 3, attentionAxes: [2]).Apply(Tensor.Zeros([1, 2, 2, 3]), Tensor.Zeros([1, 2, 2, 3])),
            Throws.ArgumentException.With.Message.Contains("got [2]"));
    }

    private static (MultiHeadAttention Layer, Tensor Query, Tensor Value, Tensor Key) Built(double dropout = 0)
    {
        var layer = new MultiHeadAttention(Heads, 3, valueDim: 2, dropout: dropout, outputShape: [7], seed: 11) { DType = DType.Float64 };
        var (q, v, k) = (
            SequenceChecks.Random([Batch, Queries, 5], 1), SequenceChecks.Random([Batch, Values, 4], 2),
            SequenceChecks.Random([Batch, Values, 6], 3));
        layer.Apply(q, v, k);
        SequenceChecks.Randomize(layer, 40);
        return (layer, q, v, k);
    }

    /// <summary>The layer as loops over numbers.</summary>
    private static (double[] Output, double[] Scores) Reference(
        MultiHeadAttention layer, Tensor q, Tensor v, Tensor k, Func<int, int, int, bool> sees)
    {
        var weights = layer.Weights.Select(static weight => weight.ToArray<double>()).ToArray();
        var (keyDim, valueDim, outputs) = (layer.KeyDim, layer.ValueDim, weights[7].Length);
        double[] Projected(Tensor x, int weight, int row, int head, int size) =>
            [.. Enumerable.Range(0, size).Select(c => weights[weight + 1][head * size + c]
                + Enumerable.Range(0, x.Shape[2]).Sum(
                    i => x.ToArray<double>()[row * x.Shape[2] + i] * weights[weight][(i * Heads + head) * size + c]))];

        var (output, scores) = (new double[Batch * Queries * outputs], new double[Batch * Heads * Queries * Values]);
        for (var b = 0; b < Batch; b++)
            for (var i = 0; i < Queries; i++)
            {
                for (var o = 0; o < outputs; o++)
                    output[(b * Queries + i) * outputs + o] = weights[7][o];
                for (var h = 0; h < Heads; h++)
                {
                    var query = Projected(q, 0, b * Queries + i, h, keyDim);
                    var fits = Enumerable.Range(0, Values).Select(j => sees(b, i, j)
                        ? Math.Exp(Projected(k, 2, b * Values + j, h, keyDim).Zip(query, static (x, y) => x * y).Sum() / Math.Sqrt(keyDim))
                        : 0).ToArray();
                    var total = fits.Sum();
                    for (var j = 0; j < Values; j++)
                    {
                        var score = total == 0 ? 0 : fits[j] / total;
                        scores[((b * Heads + h) * Queries + i) * Values + j] = score;
                        var value = Projected(v, 4, b * Values + j, h, valueDim);
                        for (var c = 0; c < valueDim; c++)
                            for (var o = 0; o < outputs; o++)
                                output[(b * Queries + i) * outputs + o] += score * value[c] * weights[6][(h * valueDim + c) * outputs + o];
                    }
                }
            }
        return (output, scores);
    }
}
