using GpuKeras.Losses;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Losses;

/// <summary>What the reference table does not cover: extreme values, masks, shapes, axes, and losses of the user's own.</summary>
public sealed class LossTests
{
    private const float Ulp = 1.2e-7f;

    [TestCase(1000f, 1f, 0f, 0f)]
    [TestCase(-1000f, 1f, 1000f, -1f)]
    [TestCase(1000f, 0f, 1000f, 1f)]
    [TestCase(-1000f, 0f, 0f, 0f)]
    [TestCase(20f, 1f, 2.0611537e-9f, -2.0611537e-9f)]
    [TestCase(-20f, 0f, 2.0611537e-9f, 2.0611537e-9f)]
    [TestCase(0f, 1f, 0.6931472f, -0.5f)]
    [TestCase(0f, 0f, 0.6931472f, 0.5f)]
    public void BinaryCrossentropy_OfExtremeLogits_IsExact(float logit, float target, float loss, float gradient)
    {
        var (value, slope) = ValueAndGradient(
            new BinaryCrossentropy(fromLogits: true), Tensor.From([target], [1, 1]), Tensor.From([logit], [1, 1]));

        Assert.That(value, Is.EqualTo(loss).Within(4 * Ulp * loss));
        Assert.That(slope.ToArray<float>()[0], Is.EqualTo(gradient).Within(4 * Ulp * Math.Abs(gradient)));
    }

    [Test]
    public void CategoricalCrossentropies_OfExtremeLogits_AreExact()
    {
        var logits = Tensor.From([1000f, -1000f, 0f], [1, 3]);

        var dense = ValueAndGradient(new CategoricalCrossentropy(fromLogits: true), Tensor.From([0f, 1f, 0f], [1, 3]), logits);
        var sparse = ValueAndGradient(new SparseCategoricalCrossentropy(fromLogits: true), Tensor.From(1), logits);

        Assert.That(dense.Value, Is.EqualTo(2000));
        Assert.That(sparse.Value, Is.EqualTo(2000));
        Assert.That(dense.Gradient.ToArray<float>(), Is.EqualTo(new[] { 1f, -1f, 0f }));
        Assert.That(sparse.Gradient.ToArray<float>(), Is.EqualTo(new[] { 1f, -1f, 0f }));
    }

    [Test]
    public void Crossentropies_OfProbabilities0And1_AreFinite()
    {
        var certain = -Math.Log(Keras.Epsilon);
        var binary = new BinaryCrossentropy().Values(Tensor.From([1f, 0f], [2, 1]), Tensor.From([0f, 1f], [2, 1])).ToArray<float>();
        var sparse = new SparseCategoricalCrossentropy().Values(Tensor.From(0), Tensor.From([0f, 1f], [1, 2])).ToArray<float>();

        // 1 − (1 − 1e-7) in float32 is 2⁻²³, not 1e-7.
        Assert.That(binary[0], Is.EqualTo(certain).Within(1e-5));
        Assert.That(binary[1], Is.EqualTo(23 * Math.Log(2)).Within(1e-5));
        Assert.That(sparse[0], Is.EqualTo(certain).Within(1e-5));
    }

    [Test]
    public void SparseCategoricalCrossentropy_IgnoredClass_DoesNotCountEvenWithNaN()
    {
        var loss = new SparseCategoricalCrossentropy(fromLogits: true, ignoreClass: -1);
        var logits = Tensor.From([1f, 1f, float.NaN, 5f, 0f, 0f], [3, 2]);

        var (value, gradient) = ValueAndGradient(loss, Tensor.From(0, -1, 1), logits);

        Assert.That(value, Is.EqualTo(Math.Log(2)).Within(1e-6), "the mean over the two entries that count");
        Assert.That(gradient.ToArray<float>(), Is.EqualTo(new[] { -0.25f, 0.25f, 0f, 0f, 0.25f, -0.25f }).Within(1e-6));
    }

    [Test]
    public void Losses_AllMaskedOrAllWeights0_AreZeroWithZeroGradients()
    {
        var (yTrue, yPred) = (Tensor.From([1f, 2f], [2, 1]), Tensor.From([3f, 5f], [2, 1]));
        var masked = yPred.Reshape(yPred.Shape);
        masked.Mask = Tensor.From(false, false);

        foreach (var reduction in Enum.GetValues<LossReduction>().Where(static reduction => reduction != LossReduction.None))
        {
            var loss = new MeanSquaredError(reduction);
            using var tape = new GradientTape(persistent: true);
            tape.Watch(masked);
            tape.Watch(yPred);
            var (ofMasked, ofUnweighted) = (loss.Apply(yTrue, masked), loss.Apply(yTrue, yPred, Tensor.Zeros([2])));

            Assert.That(ofMasked.ToScalar(), Is.Zero, $"{reduction}");
            Assert.That(ofUnweighted.ToScalar(), Is.Zero, $"{reduction}");
            Assert.That(tape.Gradient(ofMasked, masked)!.ToArray<float>(), Is.All.Zero, $"{reduction}");
            Assert.That(tape.Gradient(ofUnweighted, yPred)!.ToArray<float>(), Is.All.Zero, $"{reduction}");
        }
    }

    [Test]
    public void CosineSimilarity_OfZeroVector_IsZeroWithFiniteGradient()
    {
        var (value, gradient) = ValueAndGradient(new CosineSimilarity(), Tensor.Ones([1, 2]), Tensor.Zeros([1, 2]));

        Assert.That(value, Is.Zero);
        Assert.That(gradient.ToArray<float>(), Is.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void Crossentropies_ClassesInAnotherAxis_EqualThoseInTheLast()
    {
        var logits = Tensor.From([.. Enumerable.Range(0, 24).Select(static i => MathF.Sin(i))], [2, 3, 4]);
        var labels = Tensor.From([.. Enumerable.Range(0, 8).Select(static i => i % 3)], [2, 4]);
        var moved = logits.Transpose(0, 2, 1);
        foreach (var fromLogits in (bool[])[true, false])
        {
            var (axis1, last) = (fromLogits ? logits : logits.Exp(), fromLogits ? moved : moved.Exp());
            var expected = new SparseCategoricalCrossentropy(fromLogits).Values(labels, last).ToArray<float>();
            var sparse = new SparseCategoricalCrossentropy(fromLogits, axis: 1).Values(labels, axis1).ToArray<float>();
            var dense = new CategoricalCrossentropy(fromLogits, axis: 1).Values(
                labels.OneHot(3).Transpose(0, 2, 1), axis1).ToArray<float>();

            Assert.That(sparse, Is.EqualTo(expected).Within(1e-5));
            Assert.That(dense, Is.EqualTo(expected).Within(1e-5));
        }
    }

    [Test]
    public void CTC_LabelsThatDoNotFitTheSteps_IsInfinite()
    {
        // Two equal labels need a blank between them: three steps.
        var labels = Tensor.From([1, 1], [1, 2]);

        Assert.That(new CTC().Apply(labels, Tensor.Zeros([1, 2, 3])).ToScalar(), Is.EqualTo(double.PositiveInfinity));
        Assert.That(
            new CTC().Apply(labels, Tensor.Zeros([1, 3, 3])).ToScalar(), Is.EqualTo(3 * Math.Log(3)).Within(1e-5),
            "one alignment of three steps");
    }

    [Test]
    public void CTC_WithoutLabels_IsTheProbabilityOfBlanks() =>
        Assert.That(
            new CTC().Apply(Tensor.Zeros([1, 2], DType.Int32), Tensor.Zeros([1, 2, 4])).ToScalar(),
            Is.EqualTo(2 * Math.Log(4)).Within(1e-5));

    [Test]
    public void Losses_TargetsOfOneAxisLess_FitAColumn()
    {
        var column = Tensor.From([0.25f, 0.75f], [2, 1]);

        Assert.That(new MeanSquaredError().Values(Tensor.From(0f, 1f), column).ToArray<float>(), Is.EqualTo(new[] { 0.0625f, 0.0625f }));
        Assert.That(new BinaryCrossentropy().Values(Tensor.From<byte>(0, 1), column).Shape, Is.EqualTo(new Shape(2)));
        Assert.That(new Hinge().Values(Tensor.From(0L, 1L), column).ToArray<float>(), Is.EqualTo(new[] { 1.25f, 0.25f }));
    }

    [Test]
    public void Losses_Float64Predictions_StayFloat64() =>
        Assert.That(new Huber().Apply(Tensor.From(1.0, 2.0), Tensor.From(1.5, 7.0)).DType, Is.EqualTo(DType.Float64));

    [Test]
    public void FromFunction_OfPerSampleValues_IsWeightedAndReduced()
    {
        Loss loss = Loss.FromFunction(static (yTrue, yPred) => (yTrue - yPred).Abs().Max(-1), "worst", LossReduction.Sum);
        Func<Tensor, Tensor, Tensor> function = static (yTrue, yPred) => (yTrue - yPred).Square().Sum(-1);
        Loss converted = function;
        var (yTrue, yPred) = (Tensor.From([1, 2, 3, 4], [2, 2]), Tensor.From([2f, 4f, 3f, 9f], [2, 2]));

        Assert.That(loss.Name, Is.EqualTo("worst"));
        Assert.That(loss.Apply(yTrue, yPred, Tensor.From(1f, 10f)).ToScalar(), Is.EqualTo(2 + 50));
        Assert.That(converted.Apply(yTrue, yPred).ToScalar(), Is.EqualTo((5 + 25) / 2.0));
        Assert.That(
            () => KerasConfig.Serialize(loss),
            Throws.InvalidOperationException.With.Message.Contains("loss 'worst'").And.Message.Contains("class derived from Loss"));
    }

    [Test]
    public void Loss_OfOnesOwn_HasItsClassNameAndFloatTargets()
    {
        Keras.ClearSession();
        var loss = new DoubledError();

        Assert.That(loss.Name, Is.EqualTo("doubled_error"));
        Assert.That(loss.Apply(Tensor.From([1, 2], [1, 2]), Tensor.From([1.5f, 2f], [1, 2])).ToScalar(), Is.EqualTo(0.5));
    }

    [TestCase("mean_squared_error", new[] { 2, 3 }, new[] { 2, 4 }, "target [2, 3], output [2, 4]")]
    [TestCase("categorical_crossentropy", new[] { 4, 1 }, new[] { 4, 3 }, "target [4, 1], output [4, 3]")]
    [TestCase("binary_crossentropy", new[] { 4, 2 }, new[] { 4, 1 }, "target [4, 2], output [4, 1]")]
    [TestCase("sparse_categorical_crossentropy", new[] { 4, 3 }, new[] { 4, 3 }, "target [4, 3], output [4, 3]")]
    [TestCase("ctc", new[] { 4 }, new[] { 4, 3, 2 }, "target [4], output [4, 3, 2]")]
    [TestCase("circle", new[] { 3 }, new[] { 4, 2 }, "target [3], output [4, 2]")]
    public void Losses_ShapesThatDoNotFit_AreNamed(string identifier, int[] target, int[] output, string shapes)
    {
        Loss loss = identifier;

        Assert.That(
            () => loss.Apply(Tensor.Zeros([.. target]), Tensor.Ones([.. output])),
            Throws.TypeOf<ShapeException>().With.Message.StartsWith(identifier).And.Message.Contains(shapes));
    }

    [TestCase(3)]
    [TestCase(-1)]
    public void SparseLosses_LabelThatIsNoClass_NamesLabelPositionAndClasses(int label)
    {
        var labels = Tensor.From(0, 2, label, 1);
        foreach (var loss in (Loss[])
            [
                new SparseCategoricalCrossentropy(), new SparseCategoricalCrossentropy(fromLogits: true),
                new CategoricalGeneralizedCrossEntropy(),
            ])
            Assert.That(
                () => loss.Apply(labels, Tensor.Ones([4, 3])).ToScalar(),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(
                    $"got label {label} at position 2").And.Message.Contains("3 classes"),
                loss.Name);
    }

    [Test]
    public void SparseLosses_LabelThatIsNoNumber_IsNotClass0()
    {
        var labels = Tensor.From(0f, float.NaN, 1f);
        foreach (var loss in (Loss[])[new SparseCategoricalCrossentropy(), new CategoricalGeneralizedCrossEntropy()])
            Assert.That(
                () => loss.Apply(labels, Tensor.Ones([3, 3])).ToScalar(),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("got label NaN at position 1"), loss.Name);
    }

    [Test]
    public void Losses_WeightsThatDoNotFit_NameBothShapes() =>
        Assert.That(
            () => new MeanSquaredError().Apply(Tensor.Zeros([4, 2]), Tensor.Zeros([4, 2]), Tensor.Ones([3])),
            Throws.TypeOf<ShapeException>().With.Message.Contains("[3]").And.Message.Contains("[4]"));

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void CategoricalGeneralizedCrossEntropy_QOutOfRange_Throws(double q) =>
        Assert.That(
            () => new CategoricalGeneralizedCrossEntropy(q), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains($"{q}"));

    private static (double Value, Tensor Gradient) ValueAndGradient(Loss loss, Tensor yTrue, Tensor yPred)
    {
        using var tape = new GradientTape();
        tape.Watch(yPred);
        var value = loss.Apply(yTrue, yPred);
        return (value.ToScalar(), tape.Gradient(value, yPred)!);
    }

    private sealed class DoubledError : Loss
    {
        protected override Tensor Call(Tensor yTrue, Tensor yPred)
        {
            Assert.That(yTrue.DType, Is.EqualTo(DType.Float32));
            return (yTrue - yPred).Abs().Mean(-1) * 2;
        }
    }
}
