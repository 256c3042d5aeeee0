using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>The matrix product of one thread, blocked for the caches: C = f(start + A · B).</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// The loops are those of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008), less one: rows in
/// blocks, k in blocks, columns in panels one tile wide, rows in tiles. A panel of B is copied next to itself, so that it stays in
/// the first-level cache; A is read in place. Each element of C is summed in order of k, in blocks that depend on the inner size
/// only, so the result is the same however the work is split over threads.
/// </remarks>
internal static unsafe class MatrixProduct<TLane, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <summary>Columns of a panel: two vectors.</summary>
    public static int PanelWidth => PairRow<TLane, T>.Width;

    // A panel of B, depth × 32 floats, is to fill no more than the first-level cache.
    private const int MaxDepth = 256;

    // A block of A, rows × depth, is to fill half of a second-level cache of 1 MB.
    private const int MaxBlockRows = 420;

    // From so many rows on B is read from more than once, in an order that suits the micro-kernel but not the memory.
    private const int MinRowsToPackB = 256;

    // What a product may read over and over where it lies: half of a first-level cache.
    private const int InPlaceBytes = 16 * 1024;

    // Rows whose distance is a multiple of half a page fall into the same cache sets and evict each other.
    private const int AliasingBytes = 2048;

    // One vector wide, eight rows keep the multipliers busy, and more would only evict each other from the first-level cache.
    private const int NarrowTileRows = 8;

    // Sixteen vector registers hold six rows of two; only AVX-512 and its kind have 32.
    private static int TileRows => TLane.Count * sizeof(T) == 64 ? MicroKernel<PairRow<TLane, T>, T>.MaxRows : 6;

    /// <summary>C = f(start + A · B), where the start is C's old value, a bias for each column, or zero.</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="b">B <c>[k, n]</c>.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="cStride">Elements from one row of C to the next.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="bias">n values to start from, or null.</param>
    /// <param name="accumulate">Whether to add to C's old value; the bias must then be null.</param>
    /// <param name="activation">f.</param>
    /// <param name="argument">Where to leave f's argument, with C's stride; or null.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TActivation>(
        StridedMatrix<T> a, StridedMatrix<T> b, T* c, nint cStride, nint m, nint n, nint k, T* bias, bool accumulate,
        TActivation activation, T* argument = null)
        where TActivation : struct, IUnaryFunction
    {
        if (m == 1 && b.ColumnStride == 1)
        {
            MultiplyRow(a, b, c, n, k, bias, accumulate, activation, argument);
            return;
        }
        var depthBlocks = Math.Max(1, (k + MaxDepth - 1) / MaxDepth);
        var depth = Math.Max(16, RoundUp((k + depthBlocks - 1) / depthBlocks, 16));
        var rowBlocks = (m + MaxBlockRows - 1) / MaxBlockRows;
        var blockRows = rowBlocks > 1 ? RoundUp((m + rowBlocks - 1) / rowBlocks, TileRows) : m;
        var copyA = a.ColumnStride == 1 && a.RowStride * sizeof(T) % AliasingBytes == 0 && m > 1 && n > PanelWidth;
        var packB = m >= MinRowsToPackB && n > PanelWidth && b.ColumnStride == 1;

        // At least once, so that an empty sum still writes its start.
        for (nint first = 0; first == 0 || first < k; first += depth)
        {
            var count = Math.Min(depth, k - first);
            var panels = packB ? Packing<TLane, T>.PackPanels<PairRow<TLane, T>>(b.From(first, 0), count, n / PanelWidth) : null;
            for (nint row = 0; row < m; row += blockRows)
            {
                var rows = Math.Min(blockRows, m - row);
                var block = a.From(row, first);
                if (copyA)
                    block = Packing<TLane, T>.CopyRows(block, rows, count);
                var part = new Block<TActivation>(
                    block, c + row * cStride, cStride, rows, count, first == 0 ? bias : null, accumulate || first > 0, first + depth >= k,
                    activation, argument == null ? null : argument + row * cStride);
                for (nint column = 0; column < n; column += PanelWidth)
                {
                    var columns = (int)Math.Min(PanelWidth, n - column);
                    if (columns == PanelWidth && packB)
                        part.Panel<PairRow<TLane, T>>(Packing<TLane, T>.Panel<PairRow<TLane, T>>(panels, count, column / PanelWidth), column, columns);
                    else if (columns > TLane.Count)
                        part.Panel<PairRow<TLane, T>>(b.From(first, column), column, columns);
                    else
                        part.Panel<SingleRow<TLane, T>>(b.From(first, column), column, columns);
                }
            }
        }
    }

    private static void MultiplyRow<TActivation>(
        StridedMatrix<T> a, StridedMatrix<T> b, T* c, nint n, nint k, T* bias, bool accumulate, TActivation activation, T* argument)
        where TActivation : struct, IUnaryFunction
    {
        if (bias != null)
            new ReadOnlySpan<T>(bias, (int)n).CopyTo(new Span<T>(c, (int)n));
        else if (!accumulate)
            new Span<T>(c, (int)n).Clear();
        VectorProduct<TLane, T>.Accumulate(a.Data, a.ColumnStride, b.Data, b.RowStride, c, n, k);
        if (argument != null)
            new ReadOnlySpan<T>(c, (int)n).CopyTo(new Span<T>(argument, (int)n));
        if (typeof(TActivation) == typeof(Identity))
            return;
        for (nint j = 0; j < n; j += TLane.Count)
            LaneTail.Store(activation.Value(LaneTail.Load<TLane, T>(c + j, n - j, default)), c + j, n - j);
    }

    private static nint RoundUp(nint value, nint multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>A block of rows at one block of k, with everything that its panels share.</summary>
    private readonly ref struct Block<TActivation>(
        StridedMatrix<T> a, T* c, nint cStride, nint rows, nint depth, T* bias, bool accumulate, bool last, TActivation activation,
        T* argument)
        where TActivation : struct, IUnaryFunction
    {
        private readonly StridedMatrix<T> a = a;
        private readonly T* c = c;
        private readonly nint cStride = cStride;
        private readonly nint rows = rows;
        private readonly nint depth = depth;
        private readonly T* bias = bias;
        private readonly bool accumulate = accumulate;
        private readonly bool last = last;
        private readonly TActivation activation = activation;
        private readonly T* argument = argument;

        /// <summary>One panel of columns, whole or, at the matrix's edge, in part.</summary>
        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Panel<TRow>(StridedMatrix<T> b, nint column, int columns)
            where TRow : struct, ITileRow<TRow, T>
        {
            var tileRows = TRow.Width == PanelWidth ? TileRows : Math.Min(TileRows, NarrowTileRows);
            var tiles = (rows + tileRows - 1) / tileRows;
            var whole = columns == TRow.Width;
            // With one tile of rows a copy of the panel would be read once only.
            if (!whole || b.ColumnStride != 1 || (tiles > 1 && b.RowStride != TRow.Width && depth * b.RowStride * sizeof(T) > InPlaceBytes))
                b = Packing<TLane, T>.PackPanel<TRow>(b, depth, columns);

            // The sums of a panel start at zero, at the bias, or at C's old values.
            T* startRow = null;
            var biasRow = stackalloc T[TRow.Width];
            if (bias != null)
            {
                startRow = biasRow;
                for (var j = 0; j < TRow.Width; j++)
                    biasRow[j] = j < columns ? bias[column + j] : default;
            }
            var edge = stackalloc T[MicroKernel<TRow, T>.MaxRows * TRow.Width];

            // Rows are split evenly, so that no tile is left with too few to keep the multipliers busy.
            var (height, taller) = ((int)(rows / tiles), rows % tiles);
            nint row = 0;
            for (nint tile = 0; tile < tiles; tile++)
            {
                var count = tile < taller ? height + 1 : height;
                var target = c + row * cStride + column;
                if (whole)
                {
                    var start = accumulate ? target : startRow;
                    MicroKernel<TRow, T>.Run(
                        count, depth, a.From(row, 0), b.Data, b.RowStride, start, accumulate ? cStride : 0, target, cStride);
                    Activate<TRow>(target, cStride, row * cStride + column, count, columns);
                }
                else
                {
                    // A tile that reaches over the edge is computed aside, and its valid columns are copied.
                    if (accumulate)
                        LoadEdge<TRow>(target, edge, count, columns);
                    var start = accumulate ? edge : startRow;
                    MicroKernel<TRow, T>.Run(
                        count, depth, a.From(row, 0), b.Data, b.RowStride, start, accumulate ? TRow.Width : 0, edge, TRow.Width);
                    Activate<TRow>(edge, TRow.Width, row * cStride + column, count, columns);
                    Store<TRow>(edge, TRow.Width, target, count, columns);
                }
                row += count;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Activate<TRow>(T* tile, nint stride, nint position, int height, int columns)
            where TRow : struct, ITileRow<TRow, T>
        {
            if (typeof(TActivation) == typeof(Identity) || !last)
                return;
            if (argument != null)
                Store<TRow>(tile, stride, argument + position, height, columns);
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < TRow.Width; j += TLane.Count)
                    activation.Value(TLane.Load(tile + i * stride + j)).Store(tile + i * stride + j);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void LoadEdge<TRow>(T* source, T* edge, int height, int columns)
            where TRow : struct, ITileRow<TRow, T>
        {
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < columns; j += TLane.Count)
                    LaneTail.Load<TLane, T>(source + i * cStride + j, columns - j, default).Store(edge + i * TRow.Width + j);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Store<TRow>(T* tile, nint stride, T* target, int height, int columns)
            where TRow : struct, ITileRow<TRow, T>
        {
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < columns; j += TLane.Count)
                    LaneTail.Store(TLane.Load(tile + i * stride + j), target + i * cStride + j, columns - j);
            }
        }
    }
}
