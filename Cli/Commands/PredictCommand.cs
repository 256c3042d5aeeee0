using System.CommandLine;
using System.Globalization;
using System.Text;
using GpuKeras.Datasets;
using Spectre.Console;

namespace GpuKeras.Cli.Commands;

/// <summary><c>predict WEIGHTS --index N</c>: draws a test digit and what the model takes it for.</summary>
internal static class PredictCommand
{
    // From paper to ink.
    private const string Shades = " ░▒▓█";

    public static Command Create()
    {
        var (weights, model, device) = (CommonOptions.Weights(), CommonOptions.Model(), CommonOptions.Device());
        var index = new Option<int>("--index") { Description = "Which image of the test data.", DefaultValueFactory = static _ => 0 };
        var command = new Command("predict", "Draw a test digit with the probability of each class.") { weights, model, index, device };
        command.SetAction(parsed =>
            Run(parsed.GetValue(weights)!, parsed.GetValue(model), parsed.GetValue(index), parsed.GetValue(device)!));
        return command;
    }

    private static int Run(FileInfo weights, string? modelName, int index, string deviceName)
    {
        using var device = Device.Use(deviceName);
        var (_, test) = Mnist.Load();
        var count = test.Images.Shape[0];
        if (index < 0 || index >= count)
            throw new ArgumentException($"--index: must be from 0 to {count - 1}; got {index}");
        var image = test.Images[index..(index + 1)];
        var probabilities = SavedModel.Load(weights, modelName).Predict(image).ToArray<float>();
        Draw(image.ToArray<byte>());
        var chart = new BarChart().Width(60).WithMaxValue(100).UseValueFormatter(static value => value.ToString("F1", CultureInfo.InvariantCulture) + " %");
        for (var digit = 0; digit < probabilities.Length; digit++)
            chart.AddItem(digit.ToString(CultureInfo.InvariantCulture), Math.Round(probabilities[digit] * 100.0, 1), Color.Green);
        AnsiConsole.Write(chart);
        var predicted = Array.IndexOf(probabilities, probabilities.Max());
        Console.WriteLine($"label {test.Labels.ToArray<byte>()[index]}, predicted {predicted}");
        return ExitCodes.Success;
    }

    private static void Draw(byte[] pixels)
    {
        var text = new StringBuilder();
        for (var row = 0; row < 28; row++)
        {
            // Two characters a pixel: a character cell is about twice as high as wide.
            for (var column = 0; column < 28; column++)
                text.Append(Shades[pixels[row * 28 + column] * (Shades.Length - 1) / 255], 2);
            text.AppendLine();
        }
        Console.Write(text);
    }
}
