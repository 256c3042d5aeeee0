namespace GpuKeras.Kernels.Linear;

/// <summary>Copies an operand whose lines are neighbours in memory so that the numbers of each line are: an item for each number.</summary>
/// <param name="source">The operand.</param>
/// <param name="copy">The copy, <c>[matrices, lines, k]</c>.</param>
internal readonly struct ContiguousLines(ProductOperand<float> source, ArrayView<float> copy)
{
    private readonly ProductOperand<float> source = source;
    private readonly ArrayView<float> copy = copy;

    /// <summary>Queues the copy, and returns the operand that it will be.</summary>
    public static ProductOperand<float> Launch<T>(
        ILauncher launcher, in ProductOperand<float> source, int matrices, ref ReusedScratch<T> scratch)
        where T : unmanaged
    {
        var matrix = (long)source.Lines * source.Inner;
        var copy = scratch.Get(matrices * matrix).Cast<float>();
        launcher.Launch(matrices * matrix, Number, new ContiguousLines(source, copy));
        return new(
            copy, source.Lines, source.Inner, source.Inner, 1, new BatchOffsets(new Extents([matrices]), new Extents([1]), matrix));
    }

    private static void Number(Index1D index, ContiguousLines work)
    {
        var source = work.source;
        var line = index.X / source.Inner;
        var k = index.X - line * source.Inner;
        var matrix = line / source.Lines;
        work.copy[index.X] =
            source.View[source.Start(matrix) + (line - matrix * source.Lines) * source.LineStride + (long)k * source.KStride];
    }
}
