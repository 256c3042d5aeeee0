using System.CommandLine;
using GpuKeras.Datasets;

namespace GpuKeras.Cli.Commands;

/// <summary><c>evaluate WEIGHTS</c>: loss and accuracy of saved weights on the test data.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var (weights, model) = (CommonOptions.Weights(), CommonOptions.Model());
        var (device, verbose) = (CommonOptions.Device(), CommonOptions.Verbose());
        var command = new Command("evaluate", "Measure saved weights on the test data.") { weights, model, device, verbose };
        command.SetAction(parsed =>
            Run(parsed.GetValue(weights)!, parsed.GetValue(model), parsed.GetValue(device)!, parsed.GetValue(verbose)));
        return command;
    }

    private static int Run(FileInfo weights, string? modelName, string deviceName, int verbose)
    {
        using var device = Device.Use(deviceName);
        var model = SavedModel.Load(weights, modelName);
        model.Compile(loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var (_, test) = Mnist.Load();
        var result = model.Evaluate(test.Images, test.Labels, batchSize: 256, verbose: verbose);
        Console.WriteLine(FormattableString.Invariant($"test loss: {result["loss"]:F4}"));
        Console.WriteLine(FormattableString.Invariant($"test accuracy: {result["accuracy"]:F4}"));
        return ExitCodes.Success;
    }
}
