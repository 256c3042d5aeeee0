namespace GpuKeras.Saving;

/// <summary>What the words of an older configuration mean, which depends on the program that wrote it.</summary>
/// <param name="IsKeras3">
/// Whether Keras 3 wrote it. Before, <c>hard_sigmoid</c> was another function, GRU had another default, and nodes were counted differently.
/// </param>
internal sealed record LegacyDialect(bool IsKeras3)
{
    /// <summary>The dialect of a version, such as <c>3.15.1</c>, <c>2.4.0-tf</c> or <c>tfjs-layers 4.22.0</c>; without one it is Keras 2's.</summary>
    /// <exception cref="ModelConfigException">It is Keras 1, whose weights have other shapes.</exception>
    public static LegacyDialect Of(string? kerasVersion)
    {
        var text = kerasVersion ?? "";
        if (text.StartsWith("1.", StringComparison.Ordinal))
            throw new ModelConfigException("keras_version", $"files of Keras 1 are not read; got {text}. Hint: load the model with Keras 2 and save it again");
        return new(text.Length > 0 && char.IsAsciiDigit(text[0]) && !text.StartsWith("2.", StringComparison.Ordinal));
    }
}
