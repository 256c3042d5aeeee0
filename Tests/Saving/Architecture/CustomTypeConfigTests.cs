using System.Text.Json.Nodes;
using GpuKeras.Layers;
using GpuKeras.Losses;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Architecture;

/// <summary>Layers, models and losses of the program's own in configurations.</summary>
public class CustomTypeConfigTests
{
    [SetUp]
    public void NamesFromTheStart() => Keras.ClearSession();

    [Test]
    public void MarkedLayer_IsFoundByItsPackageAndName()
    {
        var model = new Sequential([new InputLayer([3]), new Scale(2.5) { ActivityRegularizer = "l1" }, new Dense(1)]);
        var layer = KerasJson.Parse(model.ToJson())["config"]!["layers"]![1]!;
        Assert.That((string)layer["registered_name"]!, Is.EqualTo("tests>Scaling"));
        Assert.That((layer["module"], (string)layer["class_name"]!), Is.EqualTo(((JsonNode?)null, "Scale")));
        Assert.That(layer["config"]!["factor"]!.ToJsonString(), Is.EqualTo("2.5"));
        var copy = Model.FromJson(model.ToJson());
        Assert.That(copy.ToJson(), Is.EqualTo(model.ToJson()));
        Assert.That(((Scale)copy.GetLayer("scale")).Factor, Is.EqualTo(2.5));
        Assert.That(copy.GetLayer("scale").ActivityRegularizer, Is.Not.Null);
    }

    [Test]
    public void RegisteredLoss_IsMadeFromItsConfig()
    {
        KerasTypes.Register<Scaled>("tests");
        var model = new Sequential([new InputLayer([3]), new Dense(1)]);
        model.Compile("sgd", new Scaled(3));
        var copy = Model.FromJson(model.ToJson());
        Assert.That(copy.ToJson(), Is.EqualTo(model.ToJson()));
        Assert.That(((Scaled)((IEnumerable<Loss?>)copy.Compiled!.Loss!).Single()!).Factor, Is.EqualTo(3));
    }

    [Test]
    public void UnmarkedLayer_IsNamedWithTheRemedy()
    {
        var model = new Sequential([new InputLayer([3]), new Unmarked()]);
        Assert.That(
            () => Model.FromJson(model.ToJson()),
            Throws.TypeOf<ModelConfigException>().With.Message.Contains("$.config.layers[1] 'unmarked' (Custom>Unmarked): the class is not known. Hint: register it with [KerasSerializable]"));
    }

    [Test]
    public void ParameterWithoutProperty_IsNamedWhenSaving()
    {
        var model = new Sequential([new InputLayer([3]), new Forgetful(3)]);
        Assert.That(model.ToJson, Throws.InvalidOperationException.With.Message.Contains("parameter 'size' needs a property 'Size'"));
    }

    [Test]
    public void SubclassBuiltFromNamedInputs_IsBuiltWhenRead()
    {
        var model = new Pair(2);
        model.Apply(new TensorStructure { ["left"] = Tensor.Ones([4, 3]), ["right"] = Tensor.Ones([4, 5]) });
        var copy = Model.FromJson(model.ToJson());
        Assert.That(KerasJson.Parse(model.ToJson())["build_config"]!.ToJsonString(), Is.EqualTo("""{"input_shape":{"left":[4,3],"right":[4,5]}}"""));
        Assert.That(copy.Weights.Select(static weight => weight.Shape), Is.EqualTo(model.Weights.Select(static weight => weight.Shape)));
        Assert.That(copy.Weights, Is.Not.Empty);
    }

    [Test]
    public void FrozenLayers_StayFrozen_AndOthersDoNot()
    {
        var input = Keras.Input([3]);
        var inner = new Sequential([new InputLayer([3]), new Dense(3, name: "d1"), new Dense(3, name: "d2")], "inner");
        var model = new Model(input, new Dense(1, name: "top").Apply(inner.Apply(input)));
        inner.Trainable = false;
        inner.GetLayer("d2").Trainable = true;
        var copy = Model.FromJson(model.ToJson());
        Assert.That(copy.TrainableVariables.Select(static weight => weight.Path), Is.EqualTo(model.TrainableVariables.Select(static weight => weight.Path)));
        Assert.That(copy.TrainableVariables, Has.Count.EqualTo(4));
        Assert.That(copy.ToJson(), Is.EqualTo(model.ToJson()));
    }

    [KerasSerializable("tests", "Scaling")]
    private sealed class Scale(double factor) : Layer
    {
        public double Factor { get; } = factor;

        protected override Tensor Call(Tensor inputs, bool training) => inputs * Factor;
    }

    private sealed class Scaled(double factor, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "scaled") : Loss(reduction, name)
    {
        public double Factor { get; } = factor;

        protected override Tensor Call(Tensor yTrue, Tensor yPred) => (yTrue - yPred).Square().Mean(-1) * Factor;
    }

    private sealed class Unmarked : Layer
    {
        protected override Tensor Call(Tensor inputs, bool training) => inputs;
    }

    [KerasSerializable("tests")]
    private sealed class Forgetful(int size) : Layer
    {
        protected override Tensor Call(Tensor inputs, bool training) => inputs * size;
    }

    [KerasSerializable("tests")]
    private sealed class Pair(int units) : Model
    {
        private readonly Dense left = new(units);
        private readonly Dense right = new(units);

        public int Units { get; } = units;

        protected override TensorStructure Call(TensorStructure inputs, CallContext context) => left.Apply(inputs["left"]) + right.Apply(inputs["right"]);
    }
}
