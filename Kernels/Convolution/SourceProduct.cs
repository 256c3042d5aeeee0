using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>A product of operands that are read through sources, without shared memory: an item for each quad of a row of C.</summary>
/// <typeparam name="TLeft">The rows of A.</typeparam>
/// <typeparam name="TRight">The columns of B.</typeparam>
/// <typeparam name="TEpilogue">What becomes of the sums.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>The plain body for CPU-like devices and numbers that have no panels.</remarks>
internal readonly struct SourceProduct<TLeft, TRight, TEpilogue, T>(TLeft left, TRight right, TEpilogue epilogue, int rows, int columns, int inner)
    where TLeft : struct, ITileSource<T>
    where TRight : struct, ITileSource<T>
    where TEpilogue : struct, ITileEpilogue<T>
    where T : unmanaged
{
    private readonly TLeft left = left;
    private readonly TRight right = right;
    private readonly TEpilogue epilogue = epilogue;
    private readonly int rows = rows;
    private readonly int columns = columns;
    private readonly int inner = inner;

    private int Quads => (columns + Quad<T>.Count - 1) / Quad<T>.Count;

    /// <summary>Queues the products.</summary>
    public void Launch(ILauncher launcher, int matrices) => launcher.Launch((long)matrices * rows * Quads, Element, this);

    private static void Element(Index1D index, SourceProduct<TLeft, TRight, TEpilogue, T> product)
    {
        var line = index.X / product.Quads;
        var column = (index.X - line * product.Quads) * Quad<T>.Count;
        var matrix = line / product.rows;
        var row = line - matrix * product.rows;
        T x = default, y = default, z = default, w = default;
        for (var k = 0; k < product.inner; k++)
        {
            var factor = product.At<TLeft>(product.left, matrix, row, k);
            x = DeviceScalar.MultiplyAdd(factor, product.At<TRight>(product.right, matrix, column, k), x);
            y = DeviceScalar.MultiplyAdd(factor, product.At<TRight>(product.right, matrix, column + 1, k), y);
            z = DeviceScalar.MultiplyAdd(factor, product.At<TRight>(product.right, matrix, column + 2, k), z);
            w = DeviceScalar.MultiplyAdd(factor, product.At<TRight>(product.right, matrix, column + 3, k), w);
        }
        var epilogue = product.epilogue;
        epilogue.Store(matrix, row, column, new(x, y, z, w), Math.Min(Quad<T>.Count, product.columns - column));
    }

    /// <summary>One number of an operand.</summary>
    private T At<TSource>(TSource source, int matrix, int line, int k)
        where TSource : struct, ITileSource<T>
    {
        var (start, place) = source.AlongLines ? (line, k) : (k, line);
        var first = start / Quad<T>.Count * Quad<T>.Count;
        if (source.AlongLines)
            source.Start(matrix, first, place, inner);
        else
            source.Start(matrix, place, first, inner);
        var quad = source.Next(1);
        return (start - first) switch
        {
            0 => quad.X,
            1 => quad.Y,
            2 => quad.Z,
            _ => quad.W,
        };
    }
}
