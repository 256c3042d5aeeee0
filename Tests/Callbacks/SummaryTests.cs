using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

/// <summary>The summaries of models that are those of the golden files, to the letter.</summary>
[NonParallelizable]
public sealed class SummaryTests
{
    // The width that the golden files were printed with, where it is not the default.
    private const int WideLine = 100;

    [SetUp]
    public void StartNamesAnew() => Keras.ClearSession();

    [Test]
    public void Summary_Unbuilt_IsKeras() =>
        Check("text/summary_unbuilt.txt", new Sequential([new Dense(3), new Dense(1)], name: "unbuilt"), lineLength: null);

    [Test]
    public void Summary_Trained_IsKeras()
    {
        var model = new Sequential([
            new InputLayer([4]), new Dense(3, name: "hidden"), new BatchNormalization(name: "bn"), new Dropout(0.5, name: "drop"),
            new Dense(1, name: "out")]);
        WithOptimizer(model, "adam");

        Check("text/summary_trainable.txt", model, showTrainable: true);
    }

    [Test]
    public void Summary_Nested_IsKeras()
    {
        _ = new Dense(1);
        _ = new Dense(1);
        var inner = new Sequential([new InputLayer([4]), new Dense(3)], name: "inner") { Trainable = false };
        var input = Keras.Input([4]);
        var model = new Model(input, new Dense(1).Apply(inner.Apply(input)), name: "outer");

        Check("text/summary_nested.txt", model, expandNested: true, showTrainable: true);
    }

    [Test]
    public void Summary_Perceptron_IsKeras()
    {
        var model = new Sequential(
            [
                new InputLayer([10]), new Dense(32, activation: "relu"), new BatchNormalization(), new Dropout(0.3),
                new Dense(16, activation: "gelu"), new BatchNormalization(scale: false), new Dropout(0.1),
                new Dense(3, activation: "softmax"),
            ],
            name: "mlp");
        WithOptimizer(model, "adam");

        Check("models/01_mlp_bn_dropout/summary.txt", model);
    }

    [Test]
    public void Summary_FunctionalWithConnections_IsKeras()
    {
        var (image, a, b) = (Keras.Input([6, 6, 2], name: "img"), Keras.Input([12], name: "a"), Keras.Input([12], name: "b"));
        var shared = new Dense(8, activation: "tanh", name: "shared_proj");
        var (projectedA, projectedB) = (shared.Apply(a), shared.Apply(b));
        var joined = new Concatenate(name: "cat").Apply([projectedA, projectedB]);
        var h = new BatchNormalization().Apply(new Dense(16, activation: "relu").Apply(joined));
        var residual = new Add().Apply([joined, h]);
        var convolved = new Add().Apply([new Conv2D(4, 3, padding: "same").Apply(image), new Conv2D(4, 1).Apply(image)]);
        var gate = new Activation("sigmoid").Apply(new Dense(16).Apply(new Flatten().Apply(new ReLU(maxValue: 6).Apply(convolved))));
        var gated = new Multiply().Apply([residual, gate]);
        var similarity = new Dot(1, normalize: true).Apply([projectedA, projectedB]);
        var model = new Model(
            [a, b, image],
            new()
            {
                ["prob"] = new Dense(1, activation: "sigmoid", name: "prob").Apply(gated),
                ["reg"] = new Dense(3, name: "reg").Apply(new Concatenate().Apply([gated, similarity])),
            },
            name: "multi_io");
        WithOptimizer(model, new RMSprop(1e-3, momentum: 0.5));

        Check("models/03_functional_multi_io/summary.txt", model);
    }

    [Test]
    public void Summary_Subclass_IsKeras()
    {
        var model = new ResMLP(width: 8, depth: 3, classes: 4);
        model.ApplyAll(Tensor.Zeros([8, 7]));
        WithOptimizer(model, "adam");

        Check("models/09_subclass/summary.txt", model);
    }

    [Test]
    public void Summary_LineTooShort_SaysSo() =>
        Assert.That(
            static () => new Sequential([new Dense(1)]).Summary(static _ => { }, lineLength: 12),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("12"));

    private static void Check(string file, Model model, int? lineLength = WideLine, bool expandNested = false, bool showTrainable = false)
    {
        var expected = GoldenFiles.Text(file).TrimEnd('\n').Split('\n').Select(static line => line.TrimEnd());
        var lines = new List<string>();
        model.Summary(lines.Add, lineLength, expandNested, showTrainable);
        Assert.That(lines, Is.EqualTo(expected));
    }

    private static void WithOptimizer(Model model, Optimizer optimizer)
    {
        model.Compile(optimizer: optimizer, loss: "mse");
        optimizer.Build(model.TrainableVariables);
    }

    private sealed class ResBlock(int units) : Layer
    {
        private readonly LayerNormalization norm = new();
        private readonly Dense fc1 = new(2 * units, activation: "relu");
        private readonly Dense fc2 = new(units);
        private Variable scale = null!;

        protected override void Build(Shape input)
        {
            scale = AddWeight("scale", [units], "ones");
            AddWeight("calls", [], "zeros", trainable: false);
        }

        protected override Tensor Call(Tensor inputs, bool training) => inputs + scale * fc2.Apply(fc1.Apply(norm.Apply(inputs)));
    }

    private sealed class ResMLP(int width, int depth, int classes) : Model("res_mlp")
    {
        private readonly Dense stem = new(width);
        private readonly List<ResBlock> blocks = [.. Enumerable.Range(0, depth).Select(_ => new ResBlock(width))];
        private readonly Dictionary<string, Layer> heads =
            new() { ["main"] = new Dense(classes, name: "main_head"), ["aux"] = new Dense(1) };
        private readonly Dropout drop = new(0.25);

        protected override TensorStructure Call(TensorStructure inputs, CallContext context)
        {
            var h = stem.Apply(inputs.Single);
            foreach (var block in blocks)
                h = block.Apply(h);
            h = drop.Apply(h);
            return new TensorStructure { ["aux"] = heads["aux"].Apply(h), ["main"] = heads["main"].Apply(h) };
        }
    }
}
