using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

/// <summary>What every layer must do: the table is <see cref="LayerCases"/>.</summary>
public class LayerContractTests
{
    private const double DifferenceStep = 1e-5;

    // Rounding of float64 divided by the step, and the step's square times a third derivative.
    private const double DifferenceTolerance = 2e-6;

    private static IEnumerable<LayerCase> All => LayerCases.All;

    private static IEnumerable<LayerCase> Serializable => All.Where(static c => c.ConfigKeys is not null);

    private static IEnumerable<LayerCase> Differentiable => All.Where(static c => c.IsDifferentiable);

    private static IEnumerable<LayerCase> Trainable => All.Where(static c => c.Weights.Any(static weight => weight.Trainable));

    private static IEnumerable<LayerCase> WithBadInputs => All.Where(static c => c.BadInputs.Length > 0);

    [SetUp]
    public void SameNumbersEachTime() => Keras.SetRandomSeed(5);

    [TestCaseSource(nameof(Serializable))]
    public void Config_ThroughJsonText_MakesAnEqualLayer(LayerCase c)
    {
        var layer = c.Make();
        layer.Trainable = false;
        var text = KerasConfig.Serialize(layer).ToJsonString();
        var copy = (Layer)KerasConfig.Deserialize((JsonObject)JsonNode.Parse(text)!);
        Assert.That(copy.GetType(), Is.EqualTo(layer.GetType()));
        Assert.That((copy.Name, copy.DType), Is.EqualTo((layer.Name, layer.DType)));
        Assert.That(copy.Trainable, Is.EqualTo(!layer.GetConfig().ContainsKey("trainable")));
        Assert.That(KerasConfig.Serialize(copy).ToJsonString(), Is.EqualTo(text));
    }

    [TestCaseSource(nameof(Serializable))]
    public void Config_Keys_AreThoseOfKeras(LayerCase c)
    {
        var keys = c.Make().GetConfig().Select(static entry => entry.Key);
        // Keras' SpatialDropout2D takes no trainable.
        var common = c.Type == typeof(SpatialDropout2D) ? "name dtype" : "name trainable dtype";
        Assert.That(keys, Is.EquivalentTo($"{common} {c.ConfigKeys}".Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [TestCaseSource(nameof(All))]
    public void Weights_AfterTheFirstCall_HaveKerasNamesShapesAndOrder(LayerCase c)
    {
        var layer = c.Make();
        Call(layer, Inputs(c));
        var weights = layer.Weights.Select(static weight => (weight.Name, weight.Shape, weight.Trainable));
        Assert.That(weights, Is.EqualTo(c.Weights));
        Assert.That(layer.Weights.Select(static weight => weight.Path), Is.All.StartsWith(layer.Name + "/"));
    }

    [TestCaseSource(nameof(All))]
    public void Output_OnValuesAndOnSymbols_HasTheSameShapeAndDType(LayerCase c)
    {
        var inputs = Inputs(c);
        var output = Call(c.Make(), inputs);
        Assert.That(output.Shape, Is.EqualTo(c.Output));
        var batch = inputs[0].Shape[0];
        foreach (var size in new int?[] { batch, null })
        {
            var symbols = inputs.Select(input => Keras.Input(input.Shape[1..], size, input.DType)).ToArray();
            var symbolic = Call(c.Make(), symbols);
            Assert.That(
                (symbolic.Shape, symbolic.DType), Is.EqualTo((c.Output.With(0, size ?? Shape.Unknown), output.DType)), $"batch {size}");
        }
        if (inputs.Length == 1)
            Assert.That(c.Make().ComputeOutputShape(inputs[0].Shape.With(0, Shape.Unknown)), Is.EqualTo(c.Output.With(0, Shape.Unknown)));
    }

    [TestCaseSource(nameof(Trainable))]
    public void TrainingSteps_LowerTheLoss_AndChangeEachTrainableWeight(LayerCase c)
    {
        const double learningRate = 0.01;
        var layer = c.Make();
        var inputs = Inputs(c);
        var target = Random(c.Output, seed: 99, DType.Float32);
        Call(layer, inputs, training: true);
        var before = layer.TrainableVariables.Select(static variable => variable.ToArray<float>()).ToArray();
        var losses = new List<double>();
        for (var step = 0; step < 5; step++)
        {
            using var tape = new GradientTape();
            var loss = (Call(layer, inputs, training: true) - target).Square().Mean();
            losses.Add(loss.ToScalar());
            var gradients = tape.Gradient(loss, layer.TrainableVariables);
            for (var i = 0; i < gradients.Length; i++)
                layer.TrainableVariables[i].AssignSubtract(gradients[i]! * learningRate);
        }
        Assert.That(losses[^1], Is.LessThan(losses[0]));
        for (var i = 0; i < before.Length; i++)
            Assert.That(layer.TrainableVariables[i].ToArray<float>(), Is.Not.EqualTo(before[i]), layer.TrainableVariables[i].Name);
    }

    [TestCaseSource(nameof(Differentiable))]
    public void Gradient_Float64_IsTheFiniteDifference(LayerCase c)
    {
        var layer = InFloat64(c.Make());
        var inputs = Inputs(c).Select(
            static input => input.DType.IsFloatingPoint() ? new Variable(input.Cast(DType.Float64)) : input).ToArray();
        var weights = Random(Call(layer, inputs, c.Training).Shape, seed: 7, DType.Float64);
        Tensor Weighed() => (Call(layer, inputs, c.Training) * weights).Sum();

        Variable[] sources = [.. inputs.OfType<Variable>(), .. layer.TrainableVariables];
        Assert.That(layer.TrainableVariables.Select(static variable => variable.DType), Is.All.EqualTo(DType.Float64));
        using var tape = new GradientTape();
        var gradients = tape.Gradient(Weighed(), sources);
        for (var i = 0; i < sources.Length; i++)
            CheckDerivative(sources[i], gradients[i], Weighed, $"source {i} {sources[i].Path}");
    }

    [TestCaseSource(nameof(WithBadInputs))]
    public void BadInputs_AreRefused_ByNamingTheLayerAndTheShapes(LayerCase c)
    {
        foreach (var shapes in c.BadInputs)
        {
            var layer = c.Make();
            Call(layer, Inputs(c));
            var inputs = shapes.Select(static shape => Random(shape, seed: 3, DType.Float32)).ToArray();
            var error = Assert.Throws<ShapeException>(() => Call(layer, inputs))!;
            Assert.That(error.Message, Does.Contain($"layer '{layer.Name}'"));
            if (shapes.Length > 1)
                Assert.That(error.Message, Does.Contain(shapes[0].ToKerasString()).And.Contain(shapes[1].ToKerasString()));
            else
                Assert.That(error.Message, Does.Contain(shapes[0].ToKerasString()));
        }
    }

    [Test]
    public void Layers_OfTheLibrary_AllHaveACase()
    {
        var covered = All.Select(static c => c.Type).ToHashSet();
        var layers = typeof(Layer).Assembly.GetExportedTypes().Where(static type =>
            type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && !typeof(Model).IsAssignableFrom(type) && type != typeof(InputLayer));
        Assert.That(layers.Where(layer => !covered.Contains(layer)), Is.Empty);
    }

    private static Tensor Call(Layer layer, Tensor[] inputs, bool training = false) =>
        inputs.Length == 1 ? layer.Apply(inputs[0], training) : layer.Apply(TensorStructure.FromList(inputs), training);

    private static Tensor[] Inputs(LayerCase c) =>
        [.. c.Inputs.Select((shape, i) => c.Input?.Invoke(i, shape) ?? Random(shape, seed: 31 * i + 1, DType.Float32))];

    private static Tensor Random(Shape shape, int seed, DType dtype)
    {
        var random = new Random(seed);
        return NdArray.Generate(shape, _ => 4 * random.NextDouble() - 2).ToTensor(dtype);
    }

    private static Layer InFloat64(Layer layer)
    {
        foreach (var inner in layer.Flatten())
            typeof(Layer).GetProperty(nameof(Layer.DType))!.SetValue(inner, DType.Float64);
        return layer;
    }

    private static void CheckDerivative(Variable source, Tensor? gradient, Func<Tensor> function, string what)
    {
        var analytic = gradient is null ? new double[source.Size] : gradient.ToArray<double>();
        var values = source.ToArray<double>();
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            values[i] = value + DifferenceStep;
            source.Assign(Tensor.From(values, source.Shape));
            var above = function().ToScalar();
            values[i] = value - DifferenceStep;
            source.Assign(Tensor.From(values, source.Shape));
            var below = function().ToScalar();
            values[i] = value;
            source.Assign(Tensor.From(values, source.Shape));
            var difference = (above - below) / (2 * DifferenceStep);
            Assert.That(
                analytic[i], Is.EqualTo(difference).Within(DifferenceTolerance * Math.Max(1, Math.Abs(difference))),
                $"{what}, element {i}");
        }
    }
}
