using System.CommandLine;

namespace GpuKeras.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Device() => new("--device")
    {
        Description = "The device to run on: 'auto' or a name that 'devices' lists; GPUKERAS_DEVICE, or 'auto', by default.",
        DefaultValueFactory = static _ => EngineOptions.Device,
    };

    public static Option<int> Verbose()
    {
        var option = new Option<int>("--verbose")
        {
            Description = "0 silent, 1 progress bar, 2 one line per epoch.",
            DefaultValueFactory = static _ => 1,
        };
        option.AcceptOnlyFromAmong("0", "1", "2");
        return option;
    }

    public static Argument<FileInfo> Weights() => new("weights")
    {
        Description = "A weights file that 'train mnist' wrote.",
    };

    public static Option<string?> Model()
    {
        var option = new Option<string?>("--model") { Description = "The network, if the file's name does not say it." };
        option.AcceptOnlyFromAmong(MnistModels.Names);
        return option;
    }

    /// <summary>An option that takes a positive number.</summary>
    public static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value <= 0)
                result.AddError($"{name}: must be positive; got {value}");
        });
        return option;
    }
}
