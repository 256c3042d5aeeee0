namespace GpuKeras.Kernels.Linear;

/// <summary>C = A · B on a GPU: a group computes a tile of C, an item some quads of it in registers.</summary>
/// <typeparam name="TTile">The tile.</typeparam>
/// <typeparam name="TLeft">The rows of A.</typeparam>
/// <typeparam name="TRight">The columns of B.</typeparam>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// Stripes of A and B, a few steps of k deep, lie in shared memory, k outermost, in two or three buffers: while the items multiply one,
/// the numbers of the next are under way, so that each step needs one barrier. What bounds the speed: a product
/// has 2·m·n·k operations and, with tiles of side s, reads (m·n·k/s)·2 numbers from memory or second-level cache. With s = 128 these are
/// 32 operations a byte of float32, above the ratio of any GPU's arithmetic to its cache; an item of 8 × 8 sums does 64
/// multiply-adds for 16 numbers read from shared memory. Each sum is added in order of k.
/// </remarks>
internal readonly struct TiledProduct<TTile, TLeft, TRight, TEpilogue, T>(
    TLeft left, TRight right, TEpilogue epilogue, TiledProductSizes sizes)
    where TTile : struct, ITileShape
    where TLeft : struct, ITileSource<T>
    where TRight : struct, ITileSource<T>
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private readonly TLeft left = left;
    private readonly TRight right = right;
    private readonly TEpilogue epilogue = epilogue;
    private readonly TiledProductSizes sizes = sizes;

    private static int ItemSide => Quad<T>.Count * TTile.Quads;

    // Items along a side of the tile.
    private static int Across => TTile.Side / ItemSide;

    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher)
    {
        var groups = checked(sizes.Tiles(TTile.Side) * sizes.Matrices * sizes.Splits);
        if (CopyTransfer<TileStripes<TTile, TLeft, T>, TileStripes<TTile, TRight, T>, T>.Suits(launcher.Profile))
            launcher.Launch(KernelConfig.Linear(groups, Across * Across), CopyingBody, this);
        else
            launcher.Launch(KernelConfig.Linear(groups, Across * Across), Body, this);
    }

    private static void Body(TiledProduct<TTile, TLeft, TRight, TEpilogue, T> product) =>
        Run<RegisterTransfer<TileStripes<TTile, TLeft, T>, TileStripes<TTile, TRight, T>, T>>(product);

    private static void CopyingBody(TiledProduct<TTile, TLeft, TRight, TEpilogue, T> product) =>
        Run<CopyTransfer<TileStripes<TTile, TLeft, T>, TileStripes<TTile, TRight, T>, T>>(product);

    private static void Run<TTransfer>(in TiledProduct<TTile, TLeft, TRight, TEpilogue, T> product)
        where TTransfer : struct, ITileTransfer<TileStripes<TTile, TLeft, T>, TileStripes<TTile, TRight, T>, T>
    {
        var sizes = product.sizes;
        var tiles = sizes.Tiles(TTile.Side);
        var part = Grid.IdxX / tiles;
        var (row, column) = sizes.Tile(Grid.IdxX - part * tiles, TTile.Side);
        var (matrix, first, end) = sizes.Part(part);

        // 8 × 4 items of a warp next to each other read the fewest different numbers.
        var item = Group.IdxX;
        var (warp, lane) = (item / 32, item % 32);
        var across = warp % (Across / 8) * 8 + lane % 8;
        var down = warp / (Across / 8) * 4 + lane / 8;

        var leftStripes = SharedMemory.Allocate<T>(TTransfer.Buffers * TileStripes<TTile, TLeft, T>.Length);
        var rightStripes = SharedMemory.Allocate<T>(TTransfer.Buffers * TileStripes<TTile, TRight, T>.Length);
        var sums = RegisterArray<T>.Zeros(ItemSide * ItemSide);
        var left = default(TileStripes<TTile, TLeft, T>);
        var right = default(TileStripes<TTile, TRight, T>);
        left.Start(product.left, matrix, row, first, end);
        right.Start(product.right, matrix, column, first, end);
        var transfer = default(TTransfer);
        transfer.Start(left, right, leftStripes, rightStripes);
        for (var k = first; k < end; k += TTile.Depth)
        {
            transfer.Begin();
            Multiply(
                leftStripes, transfer.Buffer + Quad<T>.Count * down, rightStripes, transfer.Buffer + Quad<T>.Count * across, sums);
            transfer.End();
        }
        transfer.Finish();
        product.Finish(part, row + Quad<T>.Count * down, column + Quad<T>.Count * across, sums);
    }

    /// <summary>Adds one step of k to all sums.</summary>
    private static void Multiply(ArrayView<T> left, int leftStart, ArrayView<T> right, int rightStart, RegisterArray<T> sums)
    {
        var a = RegisterArray<T>.Zeros(ItemSide);
        var b = RegisterArray<T>.Zeros(ItemSide);
        for (var k = Unroll.From(0); k < TTile.Depth; k++)
        {
            for (var quad = Unroll.From(0); quad < TTile.Quads; quad++)
            {
                var place = k * TileStripes<TTile, TLeft, T>.Pitch + quad * (TTile.Side / TTile.Quads);
                Take(QuadMemory.Load(left, leftStart + place), a, quad * Quad<T>.Count);
                Take(QuadMemory.Load(right, rightStart + place), b, quad * Quad<T>.Count);
            }
            for (var i = Unroll.From(0); i < ItemSide; i++)
            {
                for (var j = Unroll.From(0); j < ItemSide; j++)
                    sums[i * ItemSide + j] = DeviceScalar.MultiplyAdd(a[i], b[j], sums[i * ItemSide + j]);
            }
        }
    }

    private static void Take(in Quad<T> quad, RegisterArray<T> registers, int first)
    {
        registers[first] = quad.X;
        registers[first + 1] = quad.Y;
        registers[first + 2] = quad.Z;
        registers[first + 3] = quad.W;
    }

    /// <param name="part">Which part of which product's k: a matrix of its own where k is split.</param>
    private void Finish(int part, int firstRow, int firstColumn, RegisterArray<T> sums)
    {
        var stored = epilogue;
        for (var i = Unroll.From(0); i < ItemSide; i++)
        {
            var row = firstRow + i / Quad<T>.Count * (TTile.Side / TTile.Quads) + i % Quad<T>.Count;
            for (var quad = Unroll.From(0); quad < TTile.Quads; quad++)
            {
                var column = firstColumn + quad * (TTile.Side / TTile.Quads);
                var start = i * ItemSide + quad * Quad<T>.Count;
                if (row < sizes.Rows && column < sizes.Columns)
                    stored.Store(
                        part, row, column, new(sums[start], sums[start + 1], sums[start + 2], sums[start + 3]),
                        Math.Min(Quad<T>.Count, sizes.Columns - column));
            }
        }
    }
}
