using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>C = A · B of float32 with matrix instructions: A and B are rounded, their products added in float32.</summary>
/// <typeparam name="TTile">The tile.</typeparam>
/// <typeparam name="TNumber">What they are rounded to.</typeparam>
/// <typeparam name="TLeft">The rows of A.</typeparam>
/// <typeparam name="TRight">The columns of B.</typeparam>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float.</typeparam>
/// <remarks>
/// As in <see cref="TiledProduct{TTile, TLeft, TRight, TEpilogue, T}"/> the stripes lie in several buffers in shared memory: warps
/// multiply one while the next one's numbers are under way. The instruction leaves open which rows of A and columns of B it is given:
/// an item, which has fragment row g = lane / 4 and fragment columns 2t and 2t + 1, t = lane % 4, takes row 4g + r for the r-th of
/// the four rows of two fragments, and fragment f's column c for column 4c + f of four fragments. So it reads its operands as quads, and
/// its sums are quads of C.
/// </remarks>
internal readonly struct MatrixUnitProduct<TTile, TNumber, TLeft, TRight, TEpilogue, T>(
    TLeft left, TRight right, TEpilogue epilogue, TiledProductSizes sizes)
    where TTile : struct, IMatrixUnitTile
    where TNumber : struct, IMatrixNumber
    where TLeft : struct, ITileSource<T>
    where TRight : struct, ITileSource<T>
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    // An instruction goes so many words along k.
    private const int InstructionWords = 8;

    // Two fragments of rows, or four of columns: what an item reads as one quad of words at each place along k.
    private const int QuadLines = 32;
    private const int RowFragments = 2;
    private const int SumsOfFragment = 4;

    private readonly TLeft left = left;
    private readonly TRight right = right;
    private readonly TEpilogue epilogue = epilogue;
    private readonly TiledProductSizes sizes = sizes;

    // Two warps share the tile's columns.
    private static int WarpColumns => TTile.Side / 2;

    private static int ColumnFragments => WarpColumns / 8;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher)
    {
        var groups = checked(sizes.Tiles(TTile.Side) * sizes.Matrices * sizes.Splits);
        if (CopyTransfer<MatrixUnitStripes<TTile, TNumber, TLeft, T>, MatrixUnitStripes<TTile, TNumber, TRight, T>, uint>.Suits(launcher.Profile))
            launcher.Launch(KernelConfig.Linear(groups, 2 * TTile.Side), CopyingBody, this);
        else
            launcher.Launch(KernelConfig.Linear(groups, 2 * TTile.Side), Body, this);
    }

    private static void Body(MatrixUnitProduct<TTile, TNumber, TLeft, TRight, TEpilogue, T> product) =>
        Run<RegisterTransfer<MatrixUnitStripes<TTile, TNumber, TLeft, T>, MatrixUnitStripes<TTile, TNumber, TRight, T>, uint>>(product);

    private static void CopyingBody(MatrixUnitProduct<TTile, TNumber, TLeft, TRight, TEpilogue, T> product) =>
        Run<CopyTransfer<MatrixUnitStripes<TTile, TNumber, TLeft, T>, MatrixUnitStripes<TTile, TNumber, TRight, T>, uint>>(product);

    private static void Run<TTransfer>(in MatrixUnitProduct<TTile, TNumber, TLeft, TRight, TEpilogue, T> product)
        where TTransfer : struct,
            ITileTransfer<MatrixUnitStripes<TTile, TNumber, TLeft, T>, MatrixUnitStripes<TTile, TNumber, TRight, T>, uint>
    {
        var sizes = product.sizes;
        var tiles = sizes.Tiles(TTile.Side);
        var part = Grid.IdxX / tiles;
        var (row, column) = sizes.Tile(Grid.IdxX - part * tiles, TTile.Side);
        var (matrix, first, end) = sizes.Part(part);

        var (warp, lane) = (Group.IdxX / 32, Group.IdxX % 32);
        var (g, t) = (lane / 4, lane % 4);
        var warpRow = warp / 2 * QuadLines;
        var warpColumn = warp % 2 * WarpColumns;

        var leftStripes = SharedMemory.Allocate<uint>(TTransfer.Buffers * MatrixUnitStripes<TTile, TNumber, TLeft, T>.Length);
        var rightStripes = SharedMemory.Allocate<uint>(TTransfer.Buffers * MatrixUnitStripes<TTile, TNumber, TRight, T>.Length);
        var sums = RegisterArray<float>.Zeros(RowFragments * ColumnFragments * SumsOfFragment);
        var leftStart = MatrixUnitStripes<TTile, TNumber, TLeft, T>.Place(t) + warpRow + 4 * g;
        var rightStart = MatrixUnitStripes<TTile, TNumber, TRight, T>.Place(t) + warpColumn + 4 * g;
        var left = default(MatrixUnitStripes<TTile, TNumber, TLeft, T>);
        var right = default(MatrixUnitStripes<TTile, TNumber, TRight, T>);
        left.Start(product.left, matrix, row, first, end);
        right.Start(product.right, matrix, column, first, end);
        var transfer = default(TTransfer);
        transfer.Start(left, right, leftStripes, rightStripes);
        for (var k = first; k < end; k += MatrixUnitStripes<TTile, TNumber, TLeft, T>.Depth)
        {
            transfer.Begin();
            Multiply(leftStripes, transfer.Buffer + leftStart, rightStripes, transfer.Buffer + rightStart, TTransfer.IsCopy, sums);
            transfer.End();
        }
        transfer.Finish();
        product.Finish(part, row + warpRow + 4 * g, column + warpColumn + 8 * t, sums);
    }

    /// <summary>Adds one step of k to all sums.</summary>
    private static void Multiply(
        ArrayView<uint> left, int leftStart, ArrayView<uint> right, int rightStart, bool areExact, RegisterArray<float> sums)
    {
        var a = RegisterArray<uint>.Zeros(8);
        var b = RegisterArray<uint>.Zeros(2 * ColumnFragments);
        for (var word = Unroll.From(0); word < MatrixUnitStripes<TTile, TNumber, TLeft, T>.Words; word += InstructionWords)
        {
            // An item brings the instruction its words t and t + 4.
            var near = MatrixUnitStripes<TTile, TNumber, TLeft, T>.Place(word);
            var far = MatrixUnitStripes<TTile, TNumber, TLeft, T>.Place(word + 4);
            Take(QuadMemory.Load(left, leftStart + near), areExact, a, 0);
            Take(QuadMemory.Load(left, leftStart + far), areExact, a, 4);
            for (var quad = Unroll.From(0); quad < ColumnFragments / 4; quad++)
            {
                Take(QuadMemory.Load(right, rightStart + near + quad * QuadLines), areExact, b, 4 * quad);
                Take(QuadMemory.Load(right, rightStart + far + quad * QuadLines), areExact, b, ColumnFragments + 4 * quad);
            }
            for (var i = Unroll.From(0); i < RowFragments; i++)
            {
                for (var j = Unroll.From(0); j < ColumnFragments; j++)
                {
                    TNumber.MultiplyAdd(
                        sums, (i * ColumnFragments + j) * SumsOfFragment, a[2 * i], a[2 * i + 1], a[4 + 2 * i], a[4 + 2 * i + 1],
                        b[j], b[ColumnFragments + j]);
                }
            }
        }
    }

    private static void Take(in Quad<uint> quad, bool areExact, RegisterArray<uint> registers, int first)
    {
        registers[first] = Round(quad.X, areExact);
        registers[first + 1] = Round(quad.Y, areExact);
        registers[first + 2] = Round(quad.Z, areExact);
        registers[first + 3] = Round(quad.W, areExact);
    }

    // What was copied is float32 as it was; one rounding then serves all instructions of the item.
    private static uint Round(uint word, bool isExact) => isExact ? TNumber.Word(BitConverter.UInt32BitsToSingle(word), 0) : word;

    /// <param name="part">Which part of which product's k: a matrix of its own where k is split.</param>
    private void Finish(int part, int firstRow, int firstColumn, RegisterArray<float> sums)
    {
        var stored = epilogue;
        for (var r = Unroll.From(0); r < 2 * RowFragments; r++)
        {
            var row = firstRow + r;
            for (var quad = Unroll.From(0); quad < ColumnFragments / 4; quad++)
            {
                for (var c = Unroll.From(0); c < 2; c++)
                {
                    var column = firstColumn + quad * QuadLines + c * Quad<T>.Count;
                    // The sums of a fragment are [g, 2t], [g, 2t + 1], [g + 8, 2t], [g + 8, 2t + 1].
                    var start = (r / 2 * ColumnFragments + 4 * quad) * SumsOfFragment + r % 2 * 2 + c;
                    if (row < sizes.Rows && column < sizes.Columns)
                    {
                        stored.Store(
                            part, row, column,
                            new(
                                Unsafe.BitCast<float, T>(sums[start]), Unsafe.BitCast<float, T>(sums[start + SumsOfFragment]),
                                Unsafe.BitCast<float, T>(sums[start + 2 * SumsOfFragment]),
                                Unsafe.BitCast<float, T>(sums[start + 3 * SumsOfFragment])),
                            Math.Min(Quad<T>.Count, sizes.Columns - column));
                    }
                }
            }
        }
    }
}
