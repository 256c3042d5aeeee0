using System.Globalization;
using System.Text.Json.Nodes;
using GpuKeras.Callbacks;
using GpuKeras.Layers;
using GpuKeras.Metrics;
using GpuKeras.Optimizers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Models;

/// <summary>Trainings recorded with Keras, refitted from the same weights and data: every number and every event.</summary>
public class GoldenTrainingTests
{
    // What the recording demands; the trainings have no dropout and no shuffling.
    private const double Relative = 2e-3;
    private const double Absolute = 1e-6;

    public static readonly string[] Names = ["t01_mlp_bn_valsplit_sampleweight", "t02_binary_classweight_clipnorm"];

    [TestCaseSource(nameof(Names))]
    public void Refit_ReproducesHistoryEventsAndWeights(string name)
    {
        var description = JsonNode.Parse(GoldenFiles.Text($"training/{name}/model.json"))!;
        var trace = JsonNode.Parse(GoldenFiles.Text($"training/{name}/trace.json"))!;
        var data = GoldenFiles.Npz($"training/{name}/data.npz");
        var final = GoldenFiles.Npz($"training/{name}/final.npz");

        var model = Model(description["config"]!);
        var initial = GoldenFiles.Npz($"training/{name}/initial_weights.npz");
        model.SetWeights([.. Enumerable.Range(0, model.Weights.Count).Select(i => initial[$"w{i}"])]);
        Compile(model, description["compile"]!);

        var recorder = new Recorder();
        var history = Fit(model, trace["fit"]!, data, recorder);

        foreach (var (metric, values) in trace["history"]!.AsObject())
            AssertClose(history[metric], values!.AsArray().Select(static value => (double)value!), $"history {metric}");
        Assert.That(recorder.Events, Is.EqualTo(trace["events"]!.AsArray().Select(static text => (string)text!)));
        var batchLogs = trace["batch_logs"]!.AsArray();
        Assert.That(recorder.BatchLogs, Has.Count.EqualTo(batchLogs.Count));
        for (var i = 0; i < batchLogs.Count; i++)
            foreach (var (metric, value) in batchLogs[i]!.AsObject())
                AssertClose([recorder.BatchLogs[i][metric]], [(double)value!], $"batch {i} {metric}");

        for (var i = 0; i < model.Weights.Count; i++)
            AssertClose(Values(model.Weights[i]), Values(final[$"w{i}"]), model.Weights[i].Path);
        for (var i = 0; i < model.Optimizer.Variables.Count; i++)
            AssertClose(Values(model.Optimizer.Variables[i]), Values(final[$"opt{i}"]), $"optimizer variable {i}");
        AssertClose(Values(model.Predict(data["x"])), Values(final["pred0"]), "predictions");
        var result = model.Evaluate(data["x"], data["y"], verbose: 0);
        foreach (var (metric, value) in trace["evaluate"]!.AsObject())
            AssertClose([result[metric]], [(double)value!], $"evaluate {metric}");
    }

    private static Sequential Model(JsonNode config)
    {
        var layers = config["layers"]!.AsArray().Select(static layer => (Layer)KerasConfig.Deserialize(layer!.AsObject()));
        return new Sequential([.. layers]);
    }

    private static void Compile(Model model, JsonNode compile)
    {
        MetricSet? Set(string key) => compile[key] is JsonArray names
            ? MetricSet.FromList([.. names.Select(static entry => entry is JsonObject serialized
                ? (MetricIdentifier)(SupervisedMetric)KerasConfig.Deserialize(serialized)
                : (string)entry!)])
            : null;
        model.Compile(
            (Optimizer)KerasConfig.Deserialize(compile["optimizer"]!.AsObject()),
            (string)compile["loss"]!,
            metrics: Set("metrics"),
            weightedMetrics: Set("weighted_metrics"));
    }

    private static History Fit(Model model, JsonNode arguments, IReadOnlyDictionary<string, Tensor> data, Callback recorder)
    {
        var classWeight = arguments["class_weight"]?.AsObject().ToDictionary(
            static pair => int.Parse(pair.Key, CultureInfo.InvariantCulture), static pair => (double)pair.Value!);
        return model.Fit(
            data["x"],
            data["y"],
            batchSize: (int)arguments["batch_size"]!,
            epochs: (int)arguments["epochs"]!,
            verbose: 0,
            callbacks: [recorder],
            validationSplit: (double?)arguments["validation_split"] ?? 0,
            validationData: data.TryGetValue("val/0", out var x) ? (x, data["val/1"]) : null,
            shuffle: false,
            classWeight: classWeight,
            sampleWeight: data.TryGetValue("sample_weight", out var weight) ? weight : null);
    }

    private static double[] Values(Tensor tensor) => tensor.ToDoubles();

    private static void AssertClose(IEnumerable<double> actual, IEnumerable<double> expected, string what)
    {
        var (found, wanted) = (actual.ToArray(), expected.ToArray());
        Assert.That(found, Has.Length.EqualTo(wanted.Length), what);
        for (var i = 0; i < found.Length; i++)
            Assert.That(found[i], Is.EqualTo(wanted[i]).Within(Relative * Math.Abs(wanted[i]) + Absolute), $"{what}[{i}]");
    }

    /// <summary>Writes events down as the recording does.</summary>
    private sealed class Recorder : Callback
    {
        public List<string> Events { get; } = [];

        public List<Dictionary<string, double>> BatchLogs { get; } = [];

        public override void OnTrainBegin() => Events.Add("train_begin");

        public override void OnTrainEnd(Logs logs) => Events.Add("train_end");

        public override void OnEpochBegin(int epoch) => Events.Add($"epoch_begin {epoch}");

        public override void OnEpochEnd(int epoch, Logs logs) =>
            Events.Add($"epoch_end {epoch} [{string.Join(", ", logs.Keys.Select(static key => $"'{key}'"))}]");

        public override void OnTrainBatchBegin(int batch) => Events.Add($"train_batch_begin {batch}");

        public override void OnTrainBatchEnd(int batch, Logs logs)
        {
            Events.Add($"train_batch_end {batch}");
            BatchLogs.Add(logs.ToDictionary());
        }

        public override void OnTestBegin() => Events.Add("test_begin");

        public override void OnTestEnd(Logs logs) => Events.Add("test_end");

        public override void OnTestBatchBegin(int batch) => Events.Add($"test_batch_begin {batch}");

        public override void OnTestBatchEnd(int batch, Logs logs) => Events.Add($"test_batch_end {batch}");
    }
}
