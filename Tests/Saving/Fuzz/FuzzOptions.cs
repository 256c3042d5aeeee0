using System.Globalization;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>How long to go on, and from where: environment variables of the tests alone.</summary>
internal static class FuzzOptions
{
    private const int StandardInputs = 100_000;

    /// <summary><c>GPUKERAS_FUZZ_INPUTS</c>: the number of inputs of all formats together, 100,000 unless it is set.</summary>
    public static long Inputs => Number("GPUKERAS_FUZZ_INPUTS", StandardInputs);

    /// <summary><c>GPUKERAS_FUZZ_SEED</c>: other seeds make other inputs; 1 unless it is set.</summary>
    public static int Seed => (int)Number("GPUKERAS_FUZZ_SEED", 1);

    /// <summary>The number of inputs of a format.</summary>
    public static int InputsOf(FuzzTarget target) => (int)Math.Min(Inputs * target.Share / StandardInputs, int.MaxValue);

    private static long Number(string name, long standard) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : standard;
}
