using GpuKeras.Callbacks;
using GpuKeras.Layers;
using GpuKeras.Optimizers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers.Sequence;

public sealed class SequenceModelTests
{
    [Test]
    public void Fit_TextModel_LearnsAndItsWeightsCanBeLoadedAgain()
    {
        Keras.SetRandomSeed(4);
        var (x, y) = FirstTokens();
        var model = TextModel();
        model.Compile(optimizer: new Adam(0.02), loss: "binary_crossentropy", metrics: ["accuracy"]);

        var stopping = new EarlyStopping("accuracy", patience: 12, restoreBestWeights: true);
        var history = model.Fit(x, y, epochs: 12, batchSize: 16, verbose: 0, callbacks: [stopping]);

        Assert.That(history["accuracy"].Max(), Is.GreaterThan(0.95));
        var file = Path.Combine(Directory.CreateTempSubdirectory("gpukeras").FullName, "text.safetensors");
        try
        {
            model.SaveWeights(file);
            var copy = TextModel();
            copy.LoadWeights(file);
            Assert.That(copy.Predict(x).ToArray<float>(), Is.EqualTo(model.Predict(x).ToArray<float>()));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Test]
    public void Predict_PaddingBehindMaskZero_ChangesNothing()
    {
        Keras.SetRandomSeed(4);
        var model = TextModel();
        var text = Tensor.From(new[] { 3, 1, 2 }, [1, 3]);
        var padded = Tensor.From(new[] { 3, 1, 2, 0, 0 }, [1, 5]);

        Assert.That(model.Predict(padded).ToScalar(), Is.EqualTo(model.Predict(text).ToScalar()).Within(1e-6));
    }

    private static Model TextModel()
    {
        var tokens = Keras.Input([Shape.Unknown], dtype: DType.Int32, name: "tokens");
        var embedded = new Embedding(5, 4, maskZero: true).Apply(tokens);
        var sequence = new Bidirectional(new LSTM(4, returnSequences: true)).Apply(embedded);
        return new Model(tokens, new Dense(1, activation: "sigmoid").Apply(new GRU(6).Apply(sequence)));
    }

    /// <summary>Sequences of tokens 1 to 4 with padding 0 behind, and whether the first is 3 or 4.</summary>
    private static (Tensor X, Tensor Y) FirstTokens()
    {
        const int samples = 64;
        const int steps = 6;
        var random = new Random(1);
        var (x, y) = (new int[samples * steps], new float[samples]);
        for (var i = 0; i < samples; i++)
        {
            var length = random.Next(2, steps + 1);
            for (var step = 0; step < length; step++)
                x[i * steps + step] = random.Next(1, 5);
            y[i] = x[i * steps] > 2 ? 1 : 0;
        }
        return (Tensor.From(x, [samples, steps]), Tensor.From(y, [samples, 1]));
    }
}
