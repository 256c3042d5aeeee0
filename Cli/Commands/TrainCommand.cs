using System.CommandLine;
using GpuKeras.Datasets;

namespace GpuKeras.Cli.Commands;

/// <summary><c>train mnist</c>: trains a digit classifier and saves its weights.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "What to learn: 'mnist'." };
        dataset.AcceptOnlyFromAmong("mnist");
        var model = new Option<string>("--model") { Description = "The network.", DefaultValueFactory = static _ => "cnn" };
        model.AcceptOnlyFromAmong(MnistModels.Names);
        var epochs = CommonOptions.Positive("--epochs", "How often all samples are used; 3, or 5 for the mlp.");
        var batchSize = CommonOptions.Positive("--batch-size", "Samples per step; 64 by default.");
        var limit = CommonOptions.Positive("--limit", "Use only the first N samples of the training and of the test data.");
        var seed = new Option<long>("--seed") { Description = "Fixes initial weights, shuffling and dropout.", DefaultValueFactory = static _ => 1 };
        var output = new Option<DirectoryInfo>("--output")
        {
            Description = "The folder for the weights.",
            DefaultValueFactory = static _ => new DirectoryInfo("."),
        };
        var (device, verbose) = (CommonOptions.Device(), CommonOptions.Verbose());

        var command = new Command("train", "Train a model and save its weights.")
        {
            dataset, model, epochs, batchSize, device, seed, limit, output, verbose,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(model)!;
            return Run(new Settings(
                name,
                parsed.GetValue(epochs) ?? MnistModels.DefaultEpochs(name),
                parsed.GetValue(batchSize) ?? 64,
                parsed.GetValue(device)!,
                parsed.GetValue(seed),
                parsed.GetValue(limit),
                parsed.GetValue(output)!,
                parsed.GetValue(verbose)));
        });
        return command;
    }

    private static int Run(Settings settings)
    {
        using var interruption = new Interruption();
        using var device = Device.Use(settings.Device);
        var weights = WeightsPath(settings);
        Keras.SetRandomSeed(settings.Seed);
        var (train, test) = Mnist.Load();
        var (images, labels) = (First(train.Images, settings.Limit), First(train.Labels, settings.Limit));
        var (testImages, testLabels) = (First(test.Images, settings.Limit), First(test.Labels, settings.Limit));

        Console.WriteLine($"device: {Device.Current.Name} ({Device.Current.Description})");
        var model = MnistModels.Create(settings.Model);
        if (settings.Verbose > 0)
            model.Summary();
        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var interrupted = false;
        try
        {
            model.Fit(
                images, labels, batchSize: settings.BatchSize, epochs: settings.Epochs, verbose: settings.Verbose,
                validationData: (testImages, testLabels), cancellationToken: interruption.Token);
        }
        catch (OperationCanceledException)
        {
            interrupted = true;
        }
        model.SaveWeights(weights);
        if (interrupted)
        {
            Console.WriteLine();
            Console.WriteLine($"interrupted; the weights so far are saved in {weights}");
            return ExitCodes.Interrupted;
        }
        var result = model.Evaluate(testImages, testLabels, batchSize: 256, verbose: 0);
        Console.WriteLine(FormattableString.Invariant($"test accuracy: {result["accuracy"]:F4}"));
        Console.WriteLine($"weights saved in {weights}");
        return ExitCodes.Success;
    }

    /// <summary>Where the weights will go; fails now, not after training, if that cannot be written to.</summary>
    private static string WeightsPath(Settings settings)
    {
        settings.Output.Create();
        var path = Path.Combine(settings.Output.FullName, $"mnist-{settings.Model}.safetensors");
        var probe = path + ".probe";
        using (File.Create(probe, 1, FileOptions.DeleteOnClose))
        {
        }
        return path;
    }

    private static Tensor First(Tensor data, int? limit) => limit is { } count && count < data.Shape[0] ? data[..count] : data;

    private sealed record Settings(
        string Model, int Epochs, int BatchSize, string Device, long Seed, int? Limit, DirectoryInfo Output, int Verbose);
}
