namespace GpuKeras.Kernels.Linear;

/// <summary>C = A · B on a GPU where C has few rows or few columns: the items of a group share k, not C.</summary>
/// <typeparam name="TLong">The lines of the long operand: B's columns if C has few rows, otherwise A's rows.</typeparam>
/// <typeparam name="TShort">The lines of the other operand.</typeparam>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="longLines">The long operand.</param>
/// <param name="shortLines">The short operand.</param>
/// <param name="epilogue">The end of the sums.</param>
/// <param name="sizes">The sizes of C and k, and how k is cut for other groups.</param>
/// <param name="hasFewRows">Whether it is the rows of C that are few.</param>
/// <remarks>
/// Each number of the long operand is read once, for four sums, so its way from memory bounds the speed: a group reads 32 lines by
/// 128 numbers at a time, an item 4 by 4 as four quads in the direction of neighbours, each 32 neighbouring items whole cache lines. A sum
/// is 32 sums of the items that share it, added in their order in the end.
/// </remarks>
internal readonly struct NarrowProduct<TLong, TShort, TEpilogue, T>(
    TLong longLines, TShort shortLines, TEpilogue epilogue, TiledProductSizes sizes, bool hasFewRows)
    where TLong : struct, ITileSource<T>
    where TShort : struct, ITileSource<T>
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private const int ShortSide = NarrowSides.Short;
    private const int LongSide = NarrowSides.Long;
    private const int Slices = 32;
    private const int Step = 4 * Slices;
    private const int QuadsAcross = LongSide / 4;

    private readonly TLong longLines = longLines;
    private readonly TShort shortLines = shortLines;
    private readonly TEpilogue epilogue = epilogue;
    private readonly TiledProductSizes sizes = sizes;
    private readonly bool hasFewRows = hasFewRows;

    // From one slice's sums to the next.
    private static int Pitch => LongSide * ShortSide + Quad<T>.Padding;

    private int LongGroups => ((hasFewRows ? sizes.Columns : sizes.Rows) + LongSide - 1) / LongSide;

    private int ShortGroups => ((hasFewRows ? sizes.Rows : sizes.Columns) + ShortSide - 1) / ShortSide;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher) => launcher.Launch(
        KernelConfig.Linear(checked(LongGroups * ShortGroups * sizes.Matrices * sizes.Splits), QuadsAcross * Slices), Body, this);

    private static void Body(NarrowProduct<TLong, TShort, TEpilogue, T> product)
    {
        var (sizes, item) = (product.sizes, Group.IdxX);
        var groups = product.LongGroups * product.ShortGroups;
        var part = Grid.IdxX / groups;
        var place = Grid.IdxX - part * groups;
        var longLine = place / product.ShortGroups * LongSide;
        var shortLine = place % product.ShortGroups * ShortSide;
        var (matrix, first, end) = sizes.Part(part);

        // Neighbouring items read what are neighbours in memory.
        var alongLines = product.longLines.AlongLines;
        var quad = alongLines ? item % QuadsAcross : item / Slices;
        var slice = alongLines ? item / QuadsAcross : item % Slices;
        var k = first + 4 * slice;
        var (longs, shorts) = (default(SourceBlock<TLong, T>), default(SourceBlock<TShort, T>));
        longs.Start(product.longLines, matrix, longLine + 4 * quad, k, end);
        shorts.Start(product.shortLines, matrix, shortLine, k, end);
        var sums = RegisterArray<T>.Zeros(4 * ShortSide);
        var a = RegisterArray<T>.Zeros(16);
        var b = RegisterArray<T>.Zeros(16);
        for (; k < end; k += Step)
        {
            longs.Next(Step, a);
            shorts.Next(Step, b);
            for (var i = Unroll.From(0); i < 4; i++)
            {
                for (var j = Unroll.From(0); j < 16; j++)
                    sums[j] = DeviceScalar.MultiplyAdd(a[j % 4 * 4 + i], b[j / 4 * 4 + i], sums[j]);
            }
        }
        product.Finish(part, longLine, shortLine, quad, slice, sums);
    }

    /// <summary>Adds up the slices and hands each quad of a row of C on.</summary>
    /// <param name="part">Which part of which product's k.</param>
    /// <param name="longLine">The group's first line of the long operand.</param>
    /// <param name="shortLine">The group's first line of the short operand.</param>
    /// <param name="quad">Which four of the long lines are this item's.</param>
    /// <param name="slice">Which slice is this item's.</param>
    /// <param name="sums">This item's sums, four of the long lines for each of the short ones.</param>
    private void Finish(int part, int longLine, int shortLine, int quad, int slice, RegisterArray<T> sums)
    {
        var shared = SharedMemory.Allocate<T>(Slices * Pitch);
        for (var i = Unroll.From(0); i < 4; i++)
        {
            if (hasFewRows)
                QuadMemory.Store(
                    shared, slice * Pitch + i * LongSide + 4 * quad, new(sums[4 * i], sums[4 * i + 1], sums[4 * i + 2], sums[4 * i + 3]));
            else
                QuadMemory.Store(
                    shared, slice * Pitch + (4 * quad + i) * ShortSide, new(sums[i], sums[4 + i], sums[8 + i], sums[12 + i]));
        }
        Group.Barrier();
        var item = Group.IdxX;
        var row = hasFewRows ? shortLine + item / QuadsAcross : longLine + item;
        var column = hasFewRows ? longLine + item % QuadsAcross * 4 : shortLine;
        if (item >= LongSide * ShortSide / 4 || row >= sizes.Rows || column >= sizes.Columns)
            return;
        var total = QuadMemory.Load(shared, 4 * item);
        for (var other = 1; other < Slices; other++)
            total = total.Plus(QuadMemory.Load(shared, other * Pitch + 4 * item));
        var stored = epilogue;
        stored.Store(part, row, column, total, Math.Min(Quad<T>.Count, sizes.Columns - column));
    }
}
