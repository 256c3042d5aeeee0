namespace GpuKeras.Kernels.Linear;

/// <summary>
/// C = A · B of float32 on a CPU-like device where C has few rows or columns, and the lines of both operands are contiguous along k: an
/// item walks along four lines at a time, sixteen numbers of each in a register.
/// </summary>
/// <typeparam name="TCount">How many lines of the short operand meet them at once.</typeparam>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float.</typeparam>
/// <param name="longs">The long operand: B's columns if C has few rows, otherwise A's rows.</param>
/// <param name="shorts">The short operand.</param>
/// <param name="epilogue">The end of the sums.</param>
/// <param name="walk">Who computes what.</param>
/// <remarks>The long operand is read once from memory, in order, and stays in a cache for the next lines of the short one.</remarks>
internal readonly struct NarrowDots<TCount, TEpilogue, T>(
    ProductOperand<float> longs, ProductOperand<float> shorts, TEpilogue epilogue, NarrowWalk walk)
    where TCount : struct, RowCount.IRowCount
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private const int Lines = Quad<T>.Count;

    private readonly ProductOperand<float> longs = longs;
    private readonly ProductOperand<float> shorts = shorts;
    private readonly TEpilogue epilogue = epilogue;
    private readonly NarrowWalk walk = walk;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher) => launcher.Launch(KernelConfig.Linear(walk.Items, 1), Body, this);

    private static void Body(NarrowDots<TCount, TEpilogue, T> product)
    {
        var (matrix, first, end) = product.walk.Lines(Grid.IdxX, product.longs.Lines);
        var sums = LocalMemory.Allocate<float>(Lines * TCount.Value);
        for (var line = first; line < end; line += Lines)
        {
            for (var other = 0; other < product.shorts.Lines; other += TCount.Value)
            {
                product.Tile(matrix, line, other, sums);
                product.walk.Store<TEpilogue, T>(
                    product.epilogue, matrix, line, Math.Min(Lines, end - line), other, Math.Min(TCount.Value, product.shorts.Lines - other),
                    sums, Lines);
            }
        }
    }

    private void Tile(int matrix, int line, int other, ArrayView<float> totals)
    {
        var (left, right, inner) = (longs.View, shorts.View, longs.Inner);
        var places = RegisterArray<long>.Zeros(Lines);
        var others = RegisterArray<long>.Zeros(TCount.Value);
        var sums = RegisterArray<FloatPanel>.Zeros(Lines * TCount.Value);
        var y = RegisterArray<FloatPanel>.Zeros(TCount.Value);

        // Past the last line it is that one again, and not stored.
        for (var i = Unroll.From(0); i < Lines; i++)
            places[i] = longs.Start(matrix) + (long)Math.Min(line + i, longs.Lines - 1) * longs.LineStride;
        for (var j = Unroll.From(0); j < TCount.Value; j++)
            others[j] = shorts.Start(matrix) + (long)Math.Min(other + j, shorts.Lines - 1) * shorts.LineStride;
        for (var i = Unroll.From(0); i < Lines * TCount.Value; i++)
            sums[i] = FloatPanel.Broadcast(0);
        var k = 0;
        for (; k + FloatPanel.Count <= inner; k += FloatPanel.Count)
        {
            for (var j = Unroll.From(0); j < TCount.Value; j++)
                y[j] = FloatPanel.Load(right, others[j] + k);
            for (var i = Unroll.From(0); i < Lines; i++)
            {
                var x = FloatPanel.Load(left, places[i] + k);
                for (var j = Unroll.From(0); j < TCount.Value; j++)
                    sums[i * TCount.Value + j] = FloatPanel.MultiplyAdd(x, y[j], sums[i * TCount.Value + j]);
            }
        }
        for (var i = Unroll.From(0); i < Lines; i++)
        {
            for (var j = Unroll.From(0); j < TCount.Value; j++)
                totals[j * Lines + i] = Sum(sums[i * TCount.Value + j]);
        }
        for (; k < inner; k++)
        {
            for (var i = Unroll.From(0); i < Lines; i++)
            {
                for (var j = Unroll.From(0); j < TCount.Value; j++)
                    totals[j * Lines + i] = MathF.FusedMultiplyAdd(left[places[i] + k], right[others[j] + k], totals[j * Lines + i]);
            }
        }
    }

    private static float Sum(FloatPanel x) =>
        x[0] + x[8] + (x[4] + x[12]) + (x[2] + x[10] + (x[6] + x[14])) + (x[1] + x[9] + (x[5] + x[13]) + (x[3] + x[11] + (x[7] + x[15])));
}
