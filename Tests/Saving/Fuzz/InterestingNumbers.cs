namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Numbers at which programs break.</summary>
internal static class InterestingNumbers
{
    private static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 32, 64, 127, 128, 255, 256, 512, 1000, 1024, 4096, short.MaxValue, short.MaxValue + 1, ushort.MaxValue,
        1 << 20, 1 << 24, int.MaxValue - 8, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, (1L << 32) + 1, 1L << 40, 1L << 53, 1L << 62,
        long.MaxValue - 8, long.MaxValue, long.MinValue, -1, -2, -8, -128, int.MinValue,
    ];

    private static readonly string[] Texts =
        ["1e308", "1e999", "-1e-999", "1.5", "-0", "0.1", "1e2", "18446744073709551616", "99999999999999999999999999", "NaN", "Infinity", "-Infinity", "00", "0x10"];

    /// <summary>An integer; small and large ones alike.</summary>
    public static long Next(Random random) => Numbers[random.Next(Numbers.Length)];

    /// <summary>A number as text, possibly one that is none.</summary>
    public static string NextText(Random random) =>
        random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : Next(random).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
