namespace GpuKeras.Layers;

/// <summary>Checks of constructor arguments that are sizes.</summary>
internal static class SizeRules
{
    /// <exception cref="ArgumentException">The size is not positive.</exception>
    public static int Positive(int size, string argument) => size > 0
        ? size
        : throw new ArgumentException($"Received an invalid value for `{argument}`, expected a positive integer. Received: {argument}={size}");
}
