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
        for (var other = 0; other < product.shorts.Lines; other += TCount.Value)
        {
            var line = first;
            for (; line + Lines <= end; line += Lines)
                product.Tile(Panels, matrix, line, other);
            for (; line + FloatPanel.Count <= end; line += FloatPanel.Count)
                product.Tile(1, matrix, line, other);
            for (; line < end; line += Quad<T>.Count)
                product.Rest(matrix, line, other);
        }
    }

    /// <param name="panels">How many panels of lines: a constant.</param>
    private void Tile(int panels, int matrix, int line, int other)
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
        for (var i = Unroll.From(0); i < panels; i++)
            Store(matrix, line + i * FloatPanel.Count, other, i * TCount.Value, sums);
    }

    /// <summary>Up to four lines that fill no panel.</summary>
    private void Rest(int matrix, int line, int other)
    {
        var (left, right) = (longs.View, shorts.View);
        var place = longs.Start(matrix) + line;
        var others = Others(matrix, other);
        var count = Math.Min(Quad<T>.Count, longs.Lines - line);
        var sums = RegisterArray<float>.Zeros(16);
        for (var k = 0; k < longs.Inner; k++)
        {
            for (var j = Unroll.From(0); j < TCount.Value; j++)
            {
                var factor = right[others[j]];
                for (var i = Unroll.From(0); i < 4; i++)
                    sums[4 * i + j] = MathF.FusedMultiplyAdd(factor, left[place + Math.Min(i, count - 1)], sums[4 * i + j]);
                others[j] += shorts.KStride;
            }
            place += longs.KStride;
        }
        Store(matrix, line, count, other, sums);
    }

    /// <summary>Where the short lines begin; past the last it is that one again, and not stored.</summary>
    private RegisterArray<long> Others(int matrix, int other)
    {
        var others = RegisterArray<long>.Zeros(TCount.Value);
        for (var j = Unroll.From(0); j < TCount.Value; j++)
            others[j] = shorts.Start(matrix) + (long)Math.Min(other + j, shorts.Lines - 1) * shorts.LineStride;
        return others;
    }

    private void Store(int matrix, int line, int other, int first, RegisterArray<FloatPanel> panels)
    {
        var sums = RegisterArray<float>.Zeros(16);
        for (var quad = Unroll.From(0); quad < FloatPanel.Count; quad += 4)
        {
            for (var i = Unroll.From(0); i < 4; i++)
            {
                for (var j = Unroll.From(0); j < TCount.Value; j++)
                    sums[4 * i + j] = panels[first + j][quad + i];
            }
            Store(matrix, line + quad, 4, other, sums);
        }
    }

    /// <summary>Hands on the sums of <paramref name="count"/> lines, four numbers for each.</summary>
    private void Store(int matrix, int line, int count, int other, RegisterArray<float> sums)
    {
        var stored = epilogue;
        if (walk.HasFewRows)
        {
            for (var j = Unroll.From(0); j < TCount.Value; j++)
            {
                if (other + j < shorts.Lines)
                    stored.Store(matrix, other + j, line, NarrowWalk.Quad<T>(sums[j], sums[4 + j], sums[8 + j], sums[12 + j]), count);
            }
            return;
        }
        for (var i = Unroll.From(0); i < 4; i++)
        {
            if (i < count)
                stored.Store(
                    matrix, line + i, other, NarrowWalk.Quad<T>(sums[4 * i], sums[4 * i + 1], sums[4 * i + 2], sums[4 * i + 3]),
                    Math.Min(TCount.Value, shorts.Lines - other));
        }
    }
}
