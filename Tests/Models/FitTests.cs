using GpuKeras.Callbacks;
using GpuKeras.Layers;
using GpuKeras.Losses;
using GpuKeras.Optimizers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Models;

/// <summary>Fit, Evaluate and Predict: what is fed in which order, what is logged, when it ends.</summary>
public class FitTests
{
    [Test]
    public void Fit_LearnsALinearFunction()
    {
        var x = Data([256, 3]);
        var y = x.MatMul(Tensor.From(new float[,] { { 1 }, { -2 }, { 3 } })) + 0.5;
        var model = new Sequential([new InputLayer([3]), new Dense(1)]);
        model.Compile(new Adam(0.05), "mse");
        model.Fit(x, y, epochs: 60, verbose: 0);
        Assert.That(model.Weights[0].ToArray<float>(), Is.EqualTo(new float[] { 1, -2, 3 }).Within(0.01));
        Assert.That(model.Weights[1].ToArray<float>(), Is.EqualTo(new[] { 0.5f }).Within(0.01));
    }

    [Test]
    public void Epochs_SeeEverySampleOnceInANewOrder()
    {
        var model = new Witness();
        model.Compile("sgd", "mse");
        model.Fit(Tensor.Range(0, 10, dtype: DType.Float32), Tensor.Zeros([10]), batchSize: 4, epochs: 2, verbose: 0);
        Assert.That(model.BatchSizes, Is.EqualTo(new[] { 4, 4, 2, 4, 4, 2 }), "the last batch is kept");
        var (first, second) = (model.Seen[..10], model.Seen[10..]);
        Assert.That(first.Order(), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(second.Order(), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public void WithoutShuffle_OrderIsKept_AndSplitTakesTheLastSamples()
    {
        var model = new Witness();
        model.Compile("sgd", "mse");
        model.Fit(Tensor.Range(0, 10, dtype: DType.Float32), Tensor.Zeros([10]), batchSize: 4, shuffle: false, validationSplit: 0.25, verbose: 0);
        Assert.That(model.Seen, Is.EqualTo(Enumerable.Range(0, 7)), "floor(10 · 0.75) samples are for training");
    }

    [Test]
    public void StepsPerEpoch_ContinueAcrossEpochs()
    {
        var model = new Witness();
        model.Compile("sgd", "mse");
        var history = model.Fit(
            Tensor.Range(0, 12, dtype: DType.Float32), Tensor.Zeros([12]), batchSize: 2, epochs: 3, stepsPerEpoch: 2, shuffle: false, verbose: 0);
        Assert.That(model.Seen, Is.EqualTo(Enumerable.Range(0, 12)));
        Assert.That(history.Epochs, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void InitialEpoch_ContinuesTheCount()
    {
        var model = Line();
        var history = model.Fit(Data([8, 2]), Data([8, 1]), epochs: 5, initialEpoch: 3, verbose: 0);
        Assert.That(history.Epochs, Is.EqualTo(new[] { 3, 4 }));
    }

    [Test]
    public void Datasets_AndSequencesOfBatches_TrainAlike()
    {
        var (x, y) = (Data([12, 2]), Data([12, 1]));
        float[] Train(Action<Model> fit)
        {
            Keras.SetRandomSeed(5);
            var model = Line();
            fit(model);
            return [.. model.Weights.SelectMany(static weight => weight.ToArray<float>())];
        }
        var arrays = Train(model => model.Fit(x, y, batchSize: 4, epochs: 2, shuffle: false, verbose: 0));
        Assert.That(Train(model => model.Fit(Dataset.FromArrays(x, y).Batch(4).Prefetch(2), epochs: 2, verbose: 0)), Is.EqualTo(arrays));
        var batches = Enumerable.Range(0, 3).Select(i => new Batch(x[(4 * i)..(4 * i + 4)], y[(4 * i)..(4 * i + 4)])).ToList();
        Assert.That(Train(model => model.Fit(batches, epochs: 2, verbose: 0)), Is.EqualTo(arrays));
    }

    [Test]
    public void ClassWeights_EqualTheSameSampleWeights()
    {
        var (x, y) = (Data([6, 2]), Tensor.From(0, 1, 2, 1, 0, 2));
        double Loss(IReadOnlyDictionary<int, double>? classes, Tensor? samples)
        {
            Keras.SetRandomSeed(5);
            var model = new Sequential([new InputLayer([2]), new Dense(3)]);
            model.Compile(new SGD(0), new SparseCategoricalCrossentropy(fromLogits: true));
            return model.Fit(x, y, classWeight: classes, sampleWeight: samples, shuffle: false, verbose: 0)["loss"][0];
        }
        var weighted = Loss(new Dictionary<int, double> { [1] = 3, [2] = 0.5 }, null);
        Assert.That(weighted, Is.EqualTo(Loss(null, Tensor.From(1f, 3f, 0.5f, 3f, 1f, 0.5f))));
        Assert.That(weighted, Is.Not.EqualTo(Loss(null, null)));
    }

    [Test]
    public void SeveralOutputs_HaveALossEach_WeightedIntoTheTotal()
    {
        var input = Keras.Input([2]);
        var model = new Model(input, new() { ["a"] = new Dense(1, name: "da").Apply(input), ["b"] = new Dense(1, name: "db").Apply(input) });
        model.Compile(new SGD(0), new LossSet { ["a"] = "mse", ["b"] = "mae" }, new LossWeights { ["b"] = 0.25 }, new MetricSet { ["b"] = ["mse"] });
        var targets = new TensorStructure { ["a"] = Data([6, 1]), ["b"] = Data([6, 1], seed: 3) };
        var history = model.Fit(Data([6, 2]), targets, batchSize: 4, verbose: 0);
        Assert.That(history.Names, Is.EquivalentTo(new[] { "loss", "a_loss", "b_loss", "b_mse" }));
        Assert.That(history["loss"][0], Is.EqualTo(history["a_loss"][0] + 0.25 * history["b_loss"][0]).Within(1e-6));
    }

    [Test]
    public void Cancellation_EndsAfterTheBatchAndKeepsTheWeights()
    {
        var model = Line();
        using var source = new CancellationTokenSource();
        var batches = 0;
        var ended = false;
        var stop = new LambdaCallback(
            onTrainBatchEnd: (batch, _) =>
            {
                batches++;
                if (batch == 1)
                    source.Cancel();
            },
            onTrainEnd: _ => ended = true);
        var before = model.Weights[0].ToArray<float>();
        Assert.That(
            () => model.Fit(Data([40, 2]), Data([40, 1]), batchSize: 4, epochs: 3, verbose: 0, callbacks: [stop], cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That((batches, ended), Is.EqualTo((2, true)));
        Assert.That(model.Weights[0].ToArray<float>(), Is.Not.EqualTo(before));
    }

    [Test]
    public void NaNInTheData_WithTerminateOnNaN_EndsTraining()
    {
        var model = Line();
        var x = Tensor.From([1f, float.NaN, 1, 1, 1, 1, 1, 1], [4, 2]);
        var history = model.Fit(x, Data([4, 1]), batchSize: 2, epochs: 5, shuffle: false, verbose: 0, callbacks: [new TerminateOnNaN()]);
        Assert.That(history.Epochs, Has.Count.LessThanOrEqualTo(1));
    }

    [Test]
    public void Predict_InBatches_EqualsPredictAtOnce()
    {
        var model = Line();
        var x = Data([23, 2]);
        Assert.That(model.Predict(x, batchSize: 5).ToArray<float>(), Is.EqualTo(model.Apply(x).ToArray<float>()).Within(1e-6));
        Assert.That(model.Predict(Dataset.FromArrays(x).Batch(7)).Single.Shape, Is.EqualTo(new Shape(23, 1)));
    }

    [Test]
    public void Evaluate_IsTheMeanOverAllSamples_NotOverBatches()
    {
        var model = Line();
        var (x, y) = (Data([10, 2]), Data([10, 1], seed: 4));
        var expected = (model.Predict(x) - y).Square().Mean().ToScalar();
        Assert.That(model.Evaluate(x, y, batchSize: 4, verbose: 0)["loss"], Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void TrainOnBatch_AccumulatesUntilReset()
    {
        var model = Line(new SGD(0));
        var (x, y) = (Data([4, 2]), Data([4, 1]));
        var first = model.TrainOnBatch(x, y)["loss"];
        model.TrainOnBatch(x, y + 10);
        model.ResetMetrics();
        Assert.That(model.TestOnBatch(x, y)["loss"], Is.EqualTo(first).Within(1e-6));
        Assert.That(model.PredictOnBatch(x).Single.Shape, Is.EqualTo(new Shape(4, 1)));
    }

    [Test]
    public void CompileWithoutOptimizer_UsesRmsprop()
    {
        var model = Line();
        model.Compile(loss: "mse");
        Assert.That(model.Optimizer, Is.InstanceOf<RMSprop>());
    }

    private static Sequential Line(Optimizer? optimizer = null)
    {
        var model = new Sequential([new InputLayer([2]), new Dense(1)]);
        model.Compile(optimizer ?? new SGD(0.1), "mse");
        return model;
    }

    private static Tensor Data(Shape shape, int seed = 1) => Tensor.From(Samples.Uniform<float>((int)shape.Size, seed), shape);

    /// <summary>Writes down the samples of training batches, which are their own numbers.</summary>
    private sealed class Witness : Model
    {
        private readonly Variable weight = new(Tensor.Ones([]), name: "weight");

        public List<int> BatchSizes { get; } = [];

        public List<int> Seen { get; } = [];

        protected override Tensor Call(Tensor inputs, bool training)
        {
            if (training)
            {
                BatchSizes.Add(inputs.Shape[0]);
                Seen.AddRange(inputs.ToArray<float>().Select(static value => (int)value));
            }
            return inputs * weight * 0;
        }
    }
}
