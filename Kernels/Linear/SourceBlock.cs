namespace GpuKeras.Kernels.Linear;

/// <summary>Four lines of an operand by four numbers along k, read as four quads in the direction of neighbours.</summary>
/// <typeparam name="TSource">The operand.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal struct SourceBlock<TSource, T>
    where TSource : struct, ITileSource<T>
    where T : unmanaged
{
    private TSource first;
    private TSource second;
    private TSource third;
    private TSource fourth;

    /// <summary>Goes to the block of the lines from <paramref name="line"/> and the numbers from <paramref name="k"/> on.</summary>
    public void Start(TSource source, int matrix, int line, int k, int end)
    {
        (first, second, third, fourth) = (source, source, source, source);
        var (lines, numbers) = source.AlongLines ? (0, 1) : (1, 0);
        first.Start(matrix, line, k, end);
        second.Start(matrix, line + lines, k + numbers, end);
        third.Start(matrix, line + 2 * lines, k + 2 * numbers, end);
        fourth.Start(matrix, line + 3 * lines, k + 3 * numbers, end);
    }

    /// <summary>Reads the block, the numbers of a line side by side, and goes on along k.</summary>
    public void Next(int step, RegisterArray<T> block)
    {
        var alongLines = first.AlongLines;
        var (x, y, z, w) = (first.Next(step), second.Next(step), third.Next(step), fourth.Next(step));
        block[0] = x.X;
        block[5] = y.Y;
        block[10] = z.Z;
        block[15] = w.W;
        block[1] = alongLines ? y.X : x.Y;
        block[4] = alongLines ? x.Y : y.X;
        block[2] = alongLines ? z.X : x.Z;
        block[8] = alongLines ? x.Z : z.X;
        block[3] = alongLines ? w.X : x.W;
        block[12] = alongLines ? x.W : w.X;
        block[6] = alongLines ? z.Y : y.Z;
        block[9] = alongLines ? y.Z : z.Y;
        block[7] = alongLines ? w.Y : y.W;
        block[13] = alongLines ? y.W : w.Y;
        block[11] = alongLines ? w.Z : z.W;
        block[14] = alongLines ? z.W : w.Z;
    }
}
