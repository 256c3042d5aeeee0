using GpuKeras.Layers;
using GpuKeras.Optimizers;
using NUnit.Framework;

namespace GpuKeras.Tests.Models;

/// <summary>What holds for whole trainings: repeatability, and memory that does not grow.</summary>
[NonParallelizable]
public class TrainingBehaviourTests
{
    private const int Samples = 96;

    [Test]
    public void SameSeed_GivesBitIdenticalTraining_AnotherSeedAnother()
    {
        var first = TrainedWeights(seed: 3);
        Assert.That(TrainedWeights(seed: 3), Is.EqualTo(first));
        Assert.That(TrainedWeights(seed: 4), Is.Not.EqualTo(first));
    }

    [Test]
    public void TenThousandSteps_WithoutDisposing_LeaveMemoryFlat()
    {
        var (x, y) = Data();
        var model = Mlp();
        var memory = Device.Current.Memory;
        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
                model.TrainOnBatch(x, y);
        }
        Steps(100);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (bytes, tensors, workingSet) = (memory.LiveBytes, memory.LiveTensors, Environment.WorkingSet);
        var managed = GC.GetAllocatedBytesForCurrentThread();
        Steps(10_000);
        TestContext.Out.WriteLine(
            $"live bytes {bytes} -> {memory.LiveBytes}, tensors {tensors} -> {memory.LiveTensors}, pooled {memory.PooledBytes}, " +
            $"working set {workingSet >> 20} -> {Environment.WorkingSet >> 20} MiB, managed " +
            $"{(GC.GetAllocatedBytesForCurrentThread() - managed) / 10_000} bytes/step");
        Assert.That((memory.LiveBytes, memory.LiveTensors), Is.EqualTo((bytes, tensors)));
        Assert.That(Environment.WorkingSet - workingSet, Is.LessThan(64L << 20));
    }

    [Test]
    public void FreeLoop_WithoutScopesOrDisposing_StaysBounded()
    {
        var (x, y) = Data();
        var model = Mlp();
        var optimizer = new SGD(0.01);
        var loss = new GpuKeras.Losses.SparseCategoricalCrossentropy();
        var memory = Device.Current.Memory;
        long peak = 0;
        for (var i = 0; i < 2_000; i++)
        {
            using var tape = new GradientTape();
            var value = loss.Apply(y, model.Apply(x, training: true));
            optimizer.ApplyGradients(tape.Gradient(value, model.TrainableVariables), model.TrainableVariables);
            peak = Math.Max(peak, memory.LiveBytes);
        }
        TestContext.Out.WriteLine($"at most {peak >> 20} MiB live");
        Assert.That(peak, Is.LessThan(1L << 30));
    }

    [Test]
    public void FrozenLayer_DoesNotChangeInTraining()
    {
        var (x, y) = Data();
        var model = Mlp();
        var frozen = model.GetLayer(0);
        frozen.Trainable = false;
        model.Compile("adam", "sparse_categorical_crossentropy");
        var before = frozen.GetWeights().Select(static weight => weight.ToArray<float>()).ToArray();
        var last = model.GetLayer(^1).GetWeights()[0].ToArray<float>();
        model.Fit(x, y, epochs: 2, verbose: 0);
        Assert.That(frozen.GetWeights().Select(static weight => weight.ToArray<float>()), Is.EqualTo(before));
        Assert.That(model.GetLayer(^1).GetWeights()[0].ToArray<float>(), Is.Not.EqualTo(last));
    }

    private static float[] TrainedWeights(long seed)
    {
        Keras.SetRandomSeed(seed);
        var (x, y) = Data();
        var model = Mlp();
        model.Fit(x, y, batchSize: 20, epochs: 3, verbose: 0);
        return [.. model.Weights.SelectMany(static weight => weight.ToArray<float>())];
    }

    private static Sequential Mlp()
    {
        var model = new Sequential(
        [
            new InputLayer([8]), new Dense(32, activation: "relu"), new BatchNormalization(), new Dropout(0.3),
            new Dense(4, activation: "softmax"),
        ]);
        model.Compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static (Tensor X, Tensor Y) Data()
    {
        var random = new Random(1);
        var x = new float[Samples * 8];
        var y = new int[Samples];
        for (var i = 0; i < x.Length; i++)
            x[i] = (float)random.NextDouble();
        for (var i = 0; i < y.Length; i++)
            y[i] = random.Next(4);
        return (Tensor.From(x, [Samples, 8]), Tensor.From<int>(y));
    }
}
