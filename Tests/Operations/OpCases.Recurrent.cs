namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Recurrent()
    {
        foreach (var cell in RecurrentWalks.Cells)
        {
            yield return Recurrent(cell, "last output", new RecurrentOptions(), masked: false);
            yield return Recurrent(cell, "all outputs", new RecurrentOptions { ReturnSequences = true }, masked: false);
            yield return Recurrent(
                cell, "backwards with states", new RecurrentOptions { ReturnSequences = true, ReturnStates = true, GoBackwards = true },
                masked: false);
            yield return Recurrent(cell, "masked", new RecurrentOptions { ReturnStates = true }, masked: true);
            yield return Recurrent(
                cell, "masked backwards", new RecurrentOptions { ReturnSequences = true, ReturnStates = true, GoBackwards = true },
                masked: true);
            yield return Recurrent(
                cell, "zeros where masked", new RecurrentOptions { ReturnSequences = true, ZeroMasked = true }, masked: true);
        }
    }

    private static OpCase Recurrent(string cell, string variant, RecurrentOptions options, bool masked)
    {
        Shape[] Shapes(int steps, int batch, int units) => RecurrentWalks.Shapes(cell, steps, batch, units, bias: units % 2 == 1);

        // Around the tiles of 14 x 32, 6 x 16 and 6 x 8, the blocks of 56 samples and the panels of 256 rows.
        return new(
            cell, x => RecurrentWalks.Run(cell, options, masked, x), x => RecurrentWalks.InNumbers(cell, options, masked, x),
            Shapes(3, 2, 3), Shapes(1, 1, 1), Shapes(2, 3, 2), Shapes(3, 13, 15), Shapes(2, 14, 16), Shapes(4, 15, 33), Shapes(2, 57, 8),
            Shapes(2, 29, 130), Shapes(2, 2, 257), Shapes(0, 2, 3), Shapes(2, 0, 3))
        {
            Variant = variant,
            Low = -0.5,
            High = 0.5,
            Roundings = 300,
            PropagatesNaN = !masked,
            BadShapes =
            [
                [.. Shapes(3, 2, 3)[..1], [4, RecurrentWalks.Gates(cell) * 4], .. Shapes(3, 2, 3)[2..]],
                [.. Shapes(3, 2, 3)[..^1], [1]],
                [.. Shapes(3, 2, 2)[..2], .. Enumerable.Repeat(new Shape(3, 2), RecurrentWalks.States(cell))],
            ],
        };
    }
}
