namespace GpuKeras.Kernels.Linear;

/// <summary>
/// C = A · B of float32 on a CPU-like device where C has few rows or columns, and the lines of the long operand are neighbours in memory:
/// an item goes through k with up to 128 lines at a time in registers.
/// </summary>
/// <typeparam name="TCount">How many lines of the short operand meet them at once.</typeparam>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float.</typeparam>
/// <param name="longs">The long operand: B's columns if C has few rows, otherwise A's rows.</param>
/// <param name="shorts">The short operand.</param>
/// <param name="epilogue">The end of the sums.</param>
/// <param name="walk">Who computes what.</param>
internal readonly struct NarrowPanels<TCount, TEpilogue, T>(
    ProductOperand<float> longs, ProductOperand<float> shorts, TEpilogue epilogue, NarrowWalk walk)
    where TCount : struct, RowCount.IRowCount
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private readonly ProductOperand<float> longs = longs;
    private readonly ProductOperand<float> shorts = shorts;
    private readonly TEpilogue epilogue = epilogue;
    private readonly NarrowWalk walk = walk;

    /// <summary>The lines of a full tile.</summary>
    public static int Lines => Panels * FloatPanel.Count;

    // Sixteen sums at most leave registers for the lines; each row of k is a page of its own where lines are many.
    private static int Panels => TCount.Value <= 2 ? 8 : 4;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher) => launcher.Launch(KernelConfig.Linear(walk.Items, 1), Body, this);

    private static void Body(NarrowPanels<TCount, TEpilogue, T> product)
    {
        var (matrix, first, end) = product.walk.Lines(Grid.IdxX, product.longs.Lines);
        var sums = LocalMemory.Allocate<float>(TCount.Value * Lines);
        for (var other = 0; other < product.shorts.Lines; other += TCount.Value)
        {
            for (int line = first, lines; line < end; line += lines)
            {
                lines = end - line >= Lines ? Lines : end - line >= FloatPanel.Count ? FloatPanel.Count : 1;
                if (lines == Lines)
                    product.Tile(Panels, matrix, line, other, sums);
                else if (lines > 1)
                    product.Tile(1, matrix, line, other, sums);
                else
                    lines = product.Rest(matrix, line, end - line, other, sums);
                product.walk.Store<TEpilogue, T>(
                    product.epilogue, matrix, line, lines, other, Math.Min(TCount.Value, product.shorts.Lines - other), sums, Lines);
            }
        }
    }

    /// <param name="panels">How many panels of lines: a constant.</param>
    private void Tile(int panels, int matrix, int line, int other, ArrayView<float> totals)
    {
        var (left, right) = (longs.View, shorts.View);
        var place = longs.Start(matrix) + line;
        var others = Others(matrix, other);
        var sums = RegisterArray<FloatPanel>.Zeros(Panels * TCount.Value);
        var x = RegisterArray<FloatPanel>.Zeros(Panels);
        for (var i = Unroll.From(0); i < panels * TCount.Value; i++)
            sums[i] = FloatPanel.Broadcast(0);
        for (var k = 0; k < longs.Inner; k++)
        {
            for (var i = Unroll.From(0); i < panels; i++)
                x[i] = FloatPanel.Load(left, place + i * FloatPanel.Count);
            for (var j = Unroll.From(0); j < TCount.Value; j++)
            {
                var factor = FloatPanel.Broadcast(right[others[j]]);
                for (var i = Unroll.From(0); i < panels; i++)
                    sums[i * TCount.Value + j] = FloatPanel.MultiplyAdd(factor, x[i], sums[i * TCount.Value + j]);
                others[j] += shorts.KStride;
            }
            place += longs.KStride;
        }
        for (var j = Unroll.From(0); j < TCount.Value; j++)
        {
            for (var i = Unroll.From(0); i < panels; i++)
                FloatPanel.Store(totals, j * Lines + i * FloatPanel.Count, sums[i * TCount.Value + j]);
        }
    }

    /// <summary>Up to four lines that fill no panel; returns how many.</summary>
    private int Rest(int matrix, int line, int left, int other, ArrayView<float> totals)
    {
        var (memory, right) = (longs.View, shorts.View);
        var place = longs.Start(matrix) + line;
        var others = Others(matrix, other);
        var count = Math.Min(4, left);
        var sums = RegisterArray<float>.Zeros(4 * TCount.Value);
        for (var k = 0; k < longs.Inner; k++)
        {
            for (var j = Unroll.From(0); j < TCount.Value; j++)
            {
                var factor = right[others[j]];
                for (var i = Unroll.From(0); i < 4; i++)
                    sums[4 * j + i] = MathF.FusedMultiplyAdd(factor, memory[place + Math.Min(i, count - 1)], sums[4 * j + i]);
                others[j] += shorts.KStride;
            }
            place += longs.KStride;
        }
        for (var j = Unroll.From(0); j < TCount.Value; j++)
        {
            for (var i = Unroll.From(0); i < 4; i++)
                totals[j * Lines + i] = sums[4 * j + i];
        }
        return count;
    }

    /// <summary>Where the short lines begin; past the last it is that one again, and not stored.</summary>
    private RegisterArray<long> Others(int matrix, int other)
    {
        var others = RegisterArray<long>.Zeros(TCount.Value);
        for (var j = Unroll.From(0); j < TCount.Value; j++)
            others[j] = shorts.Start(matrix) + (long)Math.Min(other + j, shorts.Lines - 1) * shorts.LineStride;
        return others;
    }
}
