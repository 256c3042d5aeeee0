using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>The paths of weights in Keras' files. The lists of expected paths are those of files that Keras wrote for the same models.</summary>
public sealed class SavedTreeTests
{
    [Test]
    public void Of_CompositeLayers_AsKeras()
    {
        var sequence = Keras.Input([5, 4]);
        var x = new LSTM(3, returnSequences: true, dropout: 0.1).Apply(sequence);
        x = new GRU(3, returnSequences: true).Apply(x);
        x = new SimpleRNN(2, returnSequences: true).Apply(x);
        x = new Bidirectional(new LSTM(2, returnSequences: true)).Apply(x);
        x = new MultiHeadAttention(2, 3, dropout: 0.1).Apply(x, x);
        x = new TimeDistributed(new Dense(3)).Apply(x);
        x = new TimeDistributed(new Sequential([new Dense(2), new BatchNormalization()])).Apply(x);
        x = new PReLU().Apply(x);
        x = new Sequential([new Dense(3)], name: "inner").Apply(x);
        var inner = Keras.Input([5, 3]);
        x = new Model(inner, new Dense(2).Apply(inner)).Apply(x);
        x = new Normalization().Apply(new LayerNormalization().Apply(x));
        var image = Keras.Input([8, 8, 3]);
        var y = new Conv2DTranspose(2, 3).Apply(new DepthwiseConv2D(3).Apply(new SeparableConv2D(4, 3).Apply(image)));
        var model = new Model(new[] { sequence, image }, new[] { x * 2, y });
        Assert.That(Listed(model), Is.EquivalentTo(new[]
        {
            "vars", "layers/input_layer/vars", "layers/input_layer_1/vars",
            "layers/lstm/vars", "layers/lstm/cell/vars 3", "layers/gru/vars", "layers/gru/cell/vars 3",
            "layers/simple_rnn/vars", "layers/simple_rnn/cell/vars 3",
            "layers/bidirectional/vars",
            "layers/bidirectional/forward_layer/vars", "layers/bidirectional/forward_layer/cell/vars 3",
            "layers/bidirectional/backward_layer/vars", "layers/bidirectional/backward_layer/cell/vars 3",
            "layers/multi_head_attention/vars", "layers/multi_head_attention/query_dense/vars 2",
            "layers/multi_head_attention/key_dense/vars 2", "layers/multi_head_attention/value_dense/vars 2",
            "layers/multi_head_attention/output_dense/vars 2", "layers/multi_head_attention/_softmax/vars",
            "layers/multi_head_attention/_dropout_layer/vars",
            "layers/time_distributed/vars", "layers/time_distributed/layer/vars 2",
            "layers/time_distributed_1/vars", "layers/time_distributed_1/layer/vars",
            "layers/time_distributed_1/layer/layers/dense/vars 2",
            "layers/time_distributed_1/layer/layers/batch_normalization/vars 4",
            "layers/p_re_lu/vars 1", "layers/sequential/vars", "layers/sequential/layers/dense/vars 2",
            "layers/functional/vars", "layers/functional/layers/input_layer/vars", "layers/functional/layers/dense/vars 2",
            "layers/layer_normalization/vars 2", "layers/normalization/vars 3",
            "layers/separable_conv2d/vars 3", "layers/depthwise_conv2d/vars 2", "layers/conv2d_transpose/vars 2",
        }));
    }

    [Test]
    public void Of_Sequential_LayersByClassAndOptimizer()
    {
        var model = new Sequential([new InputLayer([4]), new Dense(3, name: "any"), new Dense(2), new ReLU()]);
        model.Compile(optimizer: new Adam());
        Assert.That(Listed(model), Is.EqualTo(new[]
        {
            "vars", "layers/dense/vars 2", "layers/dense_1/vars 2", "layers/re_lu/vars", "optimizer/vars 2",
        }));
    }

    [Test]
    public void Of_BatchNormalization_TrainableVariablesFirstEvenWhenFrozen()
    {
        var layer = new BatchNormalization { Trainable = false };
        var model = new Sequential([new InputLayer([4]), layer]);
        var saved = SavedTree.Of(model).Single(static node => node.Path == "layers/batch_normalization");
        Assert.That(
            saved.Variables.Select(static variable => variable.Name),
            Is.EqualTo(new[] { "gamma", "beta", "moving_mean", "moving_variance" }));
    }

    [Test]
    public void Of_Subclass_AttributesBeforeAndAfterLayers()
    {
        var model = new Network();
        model.Apply(Tensor.Ones([1, 2]));
        // Alphabetically: blocks (which holds the stem too, so that it counts), drop, heads, then layers, which leads to all the rest.
        Assert.That(Listed(model), Is.EqualTo(new[]
        {
            "vars 1",
            "blocks/container/dense/vars 2", "blocks/container_1/dense/vars 2", "blocks/container_1/dense_1/vars 2",
            "blocks/container_1/dense_2/vars 2",
            "drop/vars", "heads/dense/vars 2", "heads/dense_1/vars 2",
            "layers/re_lu/vars",
        }));
    }

    [Test]
    public void Of_Layer_EveryWayToHoldALayer()
    {
        var model = new Sequential([new InputLayer([2]), new Holder(new Dense(2))]);
        Assert.That(Listed(model), Is.EqualTo(new[]
        {
            "vars", "layers/holder/vars",
            "layers/holder/auto_property/vars 2", "layers/holder/captured/vars 2", "layers/holder/head2/vars 2",
            "layers/holder/private_field/vars 2", "layers/holder/public_field/vars 2", "layers/holder/_renamed/vars 2",
        }));
        var kept = SavedTree.Of(model, UnderscoreNaming.Kept);
        Assert.That(kept.Select(static node => node.Path), Does.Contain("layers/holder/_private_field"));
    }

    [Test]
    public void Of_TwoFieldsOfOneName_NamesBoth()
    {
        var model = new Sequential([new InputLayer([2]), new Clash()]);
        Assert.That(() => SavedTree.Of(model), Throws.InvalidOperationException.With.Message.Contains("'stem'").And.Message.Contains("'_stem'"));
    }

    [Test]
    public void Of_WeightThatNoFieldHolds_Named()
    {
        var model = new Sequential([new InputLayer([2]), new Hider()]);
        Assert.That(() => SavedTree.Of(model), Throws.InvalidOperationException.With.Message.Contains("hidden/kernel"));
    }

    private static IEnumerable<string> Listed(Model model) => SavedTree.Of(model)
        .Select(static node => node.Variables.Count == 0 ? node.VariablesPath : $"{node.VariablesPath} {node.Variables.Count}");

    private sealed class Network : Model
    {
        private readonly Variable scale = new(Tensor.Ones([2]), name: "scale");
        private readonly Dense stem = new(2);
        private readonly ReLU ready = new();
        private readonly Dictionary<string, Layer> heads = new() { ["main"] = new Dense(2), ["aux"] = new Dense(2) };
        private readonly List<IEnumerable<Layer>> blocks;
        private readonly Dropout drop = new(0.5);
        private readonly Dense tower;

        public Network()
        {
            tower = stem;
            blocks = [new Layer[] { new Dense(2) }, new List<Layer> { new Dense(2), stem, new Dense(2) }];
        }

        protected override Tensor Call(Tensor inputs, bool training)
        {
            var x = stem.Apply(inputs) * scale;
            foreach (var block in blocks.SelectMany(static block => block))
                x = block.Apply(x);
            return drop.Apply(ready.Apply(tower.Apply(heads["main"].Apply(heads["aux"].Apply(x)))));
        }
    }

    private sealed class Holder(Dense captured) : Layer
    {
        public readonly Dense PublicField = new(2);
        private readonly Dense _privateField = new(2);

        [KerasName("_renamed")]
        private readonly Dense renamed = new(2);

        [KerasName("head2")]
        private Dense OtherProperty { get; } = new(2);

        private Dense AutoProperty { get; } = new(2);

        private Dense SameAgain => AutoProperty;

        protected override Tensor Call(Tensor inputs, bool training) => captured.Apply(
            PublicField.Apply(_privateField.Apply(renamed.Apply(OtherProperty.Apply(SameAgain.Apply(inputs))))));
    }

    private sealed class Clash : Layer
    {
        private readonly Dense stem = new(2);
        private readonly Dense _stem = new(2);

        protected override Tensor Call(Tensor inputs, bool training) => stem.Apply(_stem.Apply(inputs));
    }

    private sealed class Hider : Layer
    {
        private readonly Func<Dense> dense;

        public Hider()
        {
            var hidden = new Dense(2, name: "hidden");
            dense = () => hidden;
        }

        public override IReadOnlyList<Layer> SubLayers => [dense()];

        protected override Tensor Call(Tensor inputs, bool training) => dense().Apply(inputs);
    }
}
