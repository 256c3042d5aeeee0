using GpuKeras.Layers;
using GpuKeras.Regularizers;
using NUnit.Framework;

namespace GpuKeras.Tests.Models;

/// <summary>A graph computes a relu together with its input where nothing else can tell.</summary>
public class ReluFusionTests
{
    private static Tensor Images => new RandomGenerator(seed: 3).Normal([4, 5, 5, 3]);

    [Test]
    public void BatchNormalizationAndRelu_OneByOneOrFused_SameBits([Values] bool training, [Values] bool sequential)
    {
        var (norm, relu, dense) = (new BatchNormalization(), new ReLU(), new Dense(2));
        var flatten = new Flatten();
        Tensor OneByOne(Tensor x) => dense.Apply(flatten.Apply(relu.Apply(norm.Apply(x, training))));
        var input = Keras.Input([5, 5, 3]);
        Model model = sequential ? new Sequential([norm, relu, flatten, dense]) : new Model(input, OneByOne(input));
        model.EnsureBuilt([Shape.Unknown, 5, 5, 3]);
        var initial = model.GetWeights();

        var (expected, expectedGradients) = Run(model, OneByOne);
        var movedMean = norm.MovingMean.ToArray<float>();
        model.SetWeights(initial);
        var (actual, gradients) = Run(model, x => model.Apply(x, training));

        Assert.That(actual, Is.EqualTo(expected));
        Assert.That(gradients, Is.EqualTo(expectedGradients));
        Assert.That(norm.MovingMean.ToArray<float>(), Is.EqualTo(movedMean));
    }

    [Test]
    public void AddAndRelu_OneByOneOrFused_SameBits([Values(1, 2, 3)] int addends)
    {
        var layers = new Layer[] { new Conv2D(3, 3, padding: "same"), new Conv2D(3, 1), new Conv2D(1, 1) };
        var (add, relu) = (new Add(), new ReLU());
        Tensor OneByOne(Tensor x) => relu.Apply(add.Apply([.. layers.Take(addends).Select(layer => layer.Apply(x))]));
        var input = Keras.Input([5, 5, 3]);
        var model = new Model(input, OneByOne(input));
        var (expected, expectedGradients) = Run(model, OneByOne);
        var (actual, gradients) = Run(model, x => model.Apply(x));
        Assert.That(actual, Is.EqualTo(expected).And.Some.EqualTo(0).And.Some.Positive);
        Assert.That(gradients, Is.EqualTo(expectedGradients));
    }

    [Test]
    public void IntermediateOutput_OfAFusedLayer_IsThatBeforeRelu()
    {
        var input = Keras.Input([5, 5, 3]);
        var normalized = new BatchNormalization().Apply(input);
        var model = new Model(input, new ReLU().Apply(normalized));
        Assert.That(model.Predict(Images).ToArray<float>(), Has.All.GreaterThanOrEqualTo(0));
        Assert.That(new Model(input, normalized).Predict(Images).ToArray<float>(), Has.Some.Negative);
        var both = new Model(input, new[] { normalized, model.Outputs!.Single });
        Assert.That(both.ApplyAll(Images)[0].ToArray<float>(), Has.Some.Negative);
    }

    [Test]
    public void Call_IsAskedForRelu_OnlyWhereNothingElseSeesItsOutput()
    {
        Assert.That(IsFused(x => new ReLU().Apply(x)), Is.True);
        Assert.That(IsFused(x => new Activation("relu").Apply(x)), Is.True);
        Assert.That(IsFused(x => new ReLU(negativeSlope: 0.1).Apply(x)), Is.False);
        Assert.That(IsFused(x => new ReLU(maxValue: 6).Apply(x)), Is.False);
        Assert.That(IsFused(x => new Activation("tanh").Apply(x)), Is.False);
        Assert.That(IsFused(x => new ReLU { ActivityRegularizer = new L2(0.1) }.Apply(x)), Is.False);
        Assert.That(IsFused(x => new Add().Apply([x, new ReLU().Apply(x)])), Is.False);
        Assert.That(IsFused(x => new ReLU().Apply(x) + x), Is.False);
        Assert.That(IsFused(x => x), Is.False);
    }

    [Test]
    public void MaskedSteps_FusedOrNot_SameBits()
    {
        var (masking, norm, relu) = (new Embedding(7, 3, maskZero: true), new BatchNormalization(), new ReLU());
        var model = new Sequential([masking, norm, relu]);
        var steps = Tensor.From(new[,] { { 1, 2, 0 }, { 3, 0, 0 } });
        model.EnsureBuilt([Shape.Unknown, 3]);
        var expected = relu.Apply(norm.Apply(masking.Apply(steps), training: true));
        var actual = model.Apply(steps, training: true);
        Assert.That(actual.ToArray<float>(), Is.EqualTo(expected.ToArray<float>()));
        Assert.That(actual.Mask!.ToArray<bool>(), Is.EqualTo(expected.Mask!.ToArray<bool>()));
    }

    private static bool IsFused(Func<Tensor, Tensor> behind)
    {
        var probe = new Probe();
        var input = Keras.Input([3]);
        new Model(input, behind(probe.Apply(input))).Predict(Tensor.Ones([2, 3]));
        return probe.WasAsked;
    }

    private static (float[] Output, float[][] Gradients) Run(Model model, Func<Tensor, Tensor> function)
    {
        using var tape = new GradientTape();
        var output = function(Images);
        var gradients = tape.Gradient(output, model.TrainableVariables);
        return (output.ToArray<float>(), [.. gradients.Select(static gradient => gradient!.ToArray<float>())]);
    }

    private sealed class Probe : Layer, IReluFusion
    {
        public bool WasAsked { get; private set; }

        protected override TensorStructure Call(TensorStructure inputs, CallContext context)
        {
            WasAsked = context.Arguments is FollowedByRelu;
            return inputs.Single.Relu();
        }
    }
}
