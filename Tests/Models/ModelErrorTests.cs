using GpuKeras.Layers;
using GpuKeras.Optimizers;
using NUnit.Framework;

namespace GpuKeras.Tests.Models;

/// <summary>The gist of Keras' own errors for mistakes with models, with the values in the message.</summary>
public class ModelErrorTests
{
    private static readonly Tensor X = Tensor.Ones([4, 4]);
    private static readonly Tensor Y = Tensor.Ones([4, 3]);

    public static IEnumerable<TestCaseData> Mistakes
    {
        get
        {
            TestCaseData Case(string name, Action act, params string[] gist) => new TestCaseData(act, gist).SetArgDisplayNames(name);

            yield return Case("fit before compile", () => Built().Fit(X, Y, verbose: 0), "You must call `Compile()` before using the model");
            yield return Case("evaluate before compile", () => Built().Evaluate(X, Y, verbose: 0), "You must call `Compile()`");
            yield return Case("train on batch before compile", () => Built().TrainOnBatch(X, Y), "You must call `Compile()`");
            yield return Case(
                "other sample counts", () => Compiled().Fit(X, Tensor.Ones([5, 3]), verbose: 0), "Data cardinality is ambiguous", "'x' sizes: 4", "'y' sizes: 5");
            yield return Case("no samples", () => Compiled().Fit(Tensor.Zeros([0, 4]), Tensor.Zeros([0, 3]), verbose: 0), "at least one sample");
            yield return Case("empty sequence of batches", () => Compiled().Fit(Array.Empty<Batch>(), verbose: 0), "empty");
            yield return Case("wrong feature size", () => Compiled().Predict(Tensor.Ones([2, 5])), "(None, 4)", "(2, 5)");
            yield return Case("target of another shape", () => Compiled().Fit(X, Tensor.Ones([4, 2]), verbose: 0), "[4, 2]", "[4, 3]");
            yield return Case(
                "target of categorical cross-entropy", () => Compiled("categorical_crossentropy").Fit(X, Tensor.Ones([4, 1]), verbose: 0),
                "must have the same shape", "4, 1", "4, 3");
            yield return Case("label out of range", () => Compiled("sparse_categorical_crossentropy").Fit(X, Tensor.From(0, 1, 7, 2), verbose: 0), "7", "3");
            yield return Case("unknown loss", () => Compiled("meen_squared_error"), "Could not interpret loss identifier", "meen_squared_error", "'mean_squared_error'");
            yield return Case("unknown optimizer", () => Built().Compile("adm"), "Could not interpret optimizer identifier", "adm", "'adam'");
            yield return Case("unknown metric", () => Fit(metrics: ["acuracy"]), "Could not interpret metric identifier", "acuracy", "'accuracy'");
            yield return Case("unknown initializer", () => new Dense(1, kernelInitializer: "glorot_unifrm"), "initializer", "'glorot_uniform'");
            yield return Case("no loss", () => { var model = Built(); model.Compile("sgd"); model.Fit(X, Y, verbose: 0); }, "No loss to compute");
            yield return Case("no targets", () => Compiled().Fit(X, verbose: 0), "No loss to compute");
            yield return Case(
                "loss of no output", () => { var model = Built(); model.Compile("sgd", new LossSet { ["nosuch"] = "mse" }); model.Fit(X, Y, verbose: 0); },
                "'nosuch'", "out");
            yield return Case("too many losses", () => { var model = Built(); model.Compile("sgd", ["mse", "mae"]); model.Fit(X, Y, verbose: 0); }, "1 outputs", "got 2");
            yield return Case(
                "split of one sample", () => Compiled().Fit(X[..1], Y[..1], validationSplit: 0.5, verbose: 0), "1 samples", "not sufficient", "0.5");
            yield return Case("split beyond 1", () => Compiled().Fit(X, Y, validationSplit: 1.5, verbose: 0), "between 0 and 1", "1.5");
            yield return Case(
                "both kinds of weights",
                () => Compiled().Fit(X, Y, classWeight: new Dictionary<int, double> { [0] = 2 }, sampleWeight: Tensor.Ones([4]), verbose: 0),
                "`classWeight` and `sampleWeight`");
            yield return Case("parameters of an unbuilt layer", () => new Dense(3, name: "d").CountParameters(), "'d'", "isn't built");
            yield return Case("set too few weights", () => Built().SetWeights([Tensor.Ones([4, 3])]), "with 1 weights", "expecting 2");
            yield return Case("set weights of another shape", () => Built().SetWeights([Tensor.Ones([3, 3]), Tensor.Ones([3])]), "[4, 3]", "[3, 3]");
            yield return Case("names twice in a stack", () => new Sequential([new Dense(1, name: "a"), new Dense(1, name: "a")]), "unique names", "'a'");
            yield return Case("input layer in the middle", () => new Sequential([new Dense(1), new InputLayer([3], name: "i")]), "'i'", "first");
            yield return Case("names twice in a graph", TwoLayersOfOneName, "\"a\" is used 2 times");
            yield return Case("input that is missing", MissingInput, "'other'", "not among the inputs");
            yield return Case("no such layer", () => Built().GetLayer("zzz"), "No such layer: zzz", "'out'");
            yield return Case("too few inputs", TooFewInputs, "expects 2 input(s)", "'first'", "'second'", "received 1");
            yield return Case("input of an unknown name", UnknownInputName, "'second'");
            yield return Case("values of a symbolic tensor", () => Keras.Input([3]).ToArray<float>(), "symbolic", "[None, 3]");
            yield return Case("number of a symbolic tensor", () => Keras.Input([]).ToScalar(), "symbolic", "[None]");
            yield return Case("move of a symbolic tensor", () => Keras.Input([3]).To("null"), "symbolic", "[None, 3]");
            yield return Case("weights of an unbuilt model", () => new Sequential([new Dense(1)]).SaveWeights("unbuilt.safetensors"), "built");
            yield return Case("weights file of another kind", () => Built().SaveWeights("weights.foo"), "weights.foo", ".safetensors");
            yield return Case("unknown variable", UnknownVariable, "Unknown variable", "stranger");
            yield return Case("unknown metric", () => Built().Compile("sgd", "mse", metrics: ["acuracy"]), "'acuracy'", "did you mean 'accuracy'?");
            yield return Case("empty layer name", () => new Dense(1, name: ""), "layer name");
            yield return Case("batch size 0", () => Compiled().Fit(X, Y, batchSize: 0, verbose: 0), "batchSize");
            yield return Case("stack without layers", () => new Sequential().Pop(), "no layers");
        }
    }

    [TestCaseSource(nameof(Mistakes))]
    public void Mistake_IsToldWithItsValues(Action act, string[] gist)
    {
        var exception = Assert.Catch(() => act());
        Assert.That(exception, Is.InstanceOf<ArgumentException>().Or.InstanceOf<InvalidOperationException>());
        foreach (var part in gist)
            Assert.That(exception!.Message, Does.Contain(part));
    }

    private static Sequential Built() => new([new InputLayer([4]), new Dense(3, name: "out")]);

    private static Sequential Compiled(string loss = "mse")
    {
        var model = Built();
        model.Compile("sgd", loss);
        return model;
    }

    private static void Fit(MetricSet metrics)
    {
        var model = Built();
        model.Compile("sgd", "mse", metrics: metrics);
        model.Fit(X, Y, verbose: 0);
    }

    private static void TwoLayersOfOneName()
    {
        var input = Keras.Input([3]);
        var h = new Dense(2, name: "a").Apply(input);
        _ = new Model(input, new Dense(2, name: "a").Apply(h));
    }

    private static void MissingInput()
    {
        var (input, other) = (Keras.Input([3]), Keras.Input([3], name: "other"));
        _ = new Model(input, new Add().Apply([input, other]));
    }

    private static Model TwoInputs()
    {
        var (first, second) = (Keras.Input([3], name: "first"), Keras.Input([3], name: "second"));
        return new Model([first, second], new Add().Apply([first, second]));
    }

    private static void TooFewInputs() => TwoInputs().Predict(Tensor.Ones([2, 3]));

    private static void UnknownInputName() =>
        TwoInputs().Predict(new TensorStructure { ["first"] = Tensor.Ones([2, 3]), ["third"] = Tensor.Ones([2, 3]) });

    private static void UnknownVariable()
    {
        var (known, stranger) = (new Variable(Tensor.Ones([1])), new Variable(Tensor.Ones([2]), name: "stranger"));
        var optimizer = new Adam();
        optimizer.ApplyGradients([Tensor.Ones([1])], [known]);
        optimizer.ApplyGradients([Tensor.Ones([2])], [stranger]);
    }
}
