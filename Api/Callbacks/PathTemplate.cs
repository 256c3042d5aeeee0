using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuKeras.Callbacks;

/// <summary>A path with places for values in Python's format: <c>{epoch:02d}-{val_loss:.2f}.safetensors</c>.</summary>
internal sealed partial class PathTemplate
{
    private readonly string template;

    /// <summary>Checks the format of each place.</summary>
    /// <exception cref="ArgumentException">A place has a format that is not understood.</exception>
    public PathTemplate(string template)
    {
        ArgumentException.ThrowIfNullOrEmpty(template);
        this.template = template;
        Replace(static (_, format) => Format(0, format));
    }

    /// <summary>The path with the values put in.</summary>
    /// <exception cref="KeyNotFoundException">A place names no value that there is; the message lists those that there are.</exception>
    public string Fill(int epoch, int? batch, Logs logs) => Replace((name, format) => name switch
    {
        "epoch" => Format(epoch, format),
        "batch" when batch is { } known => Format(known, format),
        _ when logs.TryGetValue(name, out var value) => Format(value, format),
        _ => throw new KeyNotFoundException(
            $"checkpoint path \"{template}\": there is no value called '{name}'; " +
            $"there are {string.Join(", ", logs.Keys.Prepend("epoch"))}"),
    });

    private string Replace(Func<string, string, string> value) => Place().Replace(template, match => match.Value switch
    {
        "{{" => "{",
        "}}" => "}",
        _ when match.Groups["name"].Success => value(match.Groups["name"].Value, match.Groups["format"].Value),
        _ => throw new ArgumentException(
            $"checkpoint path \"{template}\": '{match.Value}' stands for itself only when it is doubled"),
    });

    private static string Format(double value, string format)
    {
        var parts = Specification().Match(format);
        if (!parts.Success)
            throw new ArgumentException(
                $"checkpoint path: the format '{format}' is not understood. Hint: use d as in 02d for integers, f or e as in .2f for others.");
        var digits = parts.Groups["precision"].Success ? int.Parse(parts.Groups["precision"].ValueSpan, CultureInfo.InvariantCulture) : 6;
        var text = parts.Groups["type"].Value switch
        {
            "d" => value.ToString("F0", CultureInfo.InvariantCulture),
            "f" => value.ToString($"F{digits}", CultureInfo.InvariantCulture),
            "e" => value.ToString("0." + new string('0', digits) + "e+00", CultureInfo.InvariantCulture),
            _ when parts.Groups["precision"].Success => value.ToString($"G{Math.Max(1, digits)}", CultureInfo.InvariantCulture),
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
        var width = parts.Groups["width"].Success ? int.Parse(parts.Groups["width"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return text.PadLeft(width, parts.Groups["zero"].Success ? '0' : ' ');
    }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>\w+)(:(?<format>[^{}]*))?\}|[{}]", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"^(?<zero>0)?(?<width>[1-9]\d?)?(\.(?<precision>\d\d?))?(?<type>[dfeg])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Specification();
}
