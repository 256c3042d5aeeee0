using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>C = f(op(A) · op(B) + bias) for a batch of matrices; or C += op(A) · op(B).</summary>
/// <typeparam name="TActivation">f; <see cref="Identity"/> for none.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="a">A <c>[batch, m, k]</c>, or <c>[batch, k, m]</c> if transposed.</param>
/// <param name="b">B <c>[batch, k, n]</c>, or <c>[batch, n, k]</c> if transposed.</param>
/// <param name="bias">The bias <c>[n]</c>; empty for none.</param>
/// <param name="c">C <c>[batch, m, n]</c>; no part of A or B.</param>
/// <param name="sizes">m, n, k and the transpositions.</param>
/// <param name="batch">The batch axes.</param>
/// <param name="accumulate">Whether to add to C's old value, which excludes a bias.</param>
/// <param name="activation">f's parameters.</param>
/// <param name="argument">Where to leave f's argument <c>[batch, m, n]</c> for the gradient; empty for nowhere.</param>
public readonly unsafe struct MatMulKernel<TActivation, T>(
    ArrayView<T> a,
    ArrayView<T> b,
    ArrayView<T> bias,
    ArrayView<T> c,
    MatMulSizes sizes,
    BatchAxes batch = default,
    bool accumulate = false,
    TActivation activation = default,
    ArrayView<T> argument = default) : IKernel, IRangeBody, ILaneBody
    where TActivation : struct, IUnaryFunction
    where T : unmanaged
{
    private const int MinOperationsPerElement = 8;

    private readonly ArrayView<T> a = a;
    private readonly ArrayView<T> b = b;
    private readonly ArrayView<T> bias = bias;
    private readonly ArrayView<T> c = c;
    private readonly MatMulSizes sizes = sizes;
    private readonly BatchAxes batch = batch;
    private readonly bool accumulate = accumulate;
    private readonly TActivation activation = activation;
    private readonly ArrayView<T> argument = argument;

    /// <inheritdoc/>
    public static string Name => "matmul";

    // Each thread reads all of the operand that is not split: columns are split where B is the larger one.
    private bool SplitsColumns =>
        sizes.Columns >= 64 && (sizes.Columns >= sizes.Rows || (sizes.Columns % 64 == 0 && 2 * sizes.Columns >= sizes.Rows));

    private bool HasFewColumns =>
        !sizes.TransposeA && sizes.Columns <= DotProductSizes.MaxColumns && sizes.Inner >= DotProductSizes.MinInner;

    private bool HasFewRows =>
        !sizes.TransposeA && sizes.TransposeB && sizes.Rows <= DotProductSizes.MaxRows && sizes.Inner >= DotProductSizes.MinInner;

    private int UnitSize => SplitsColumns ? 32 : 1;

    private long UnitsPerMatrix => SplitsColumns ? (sizes.Columns + UnitSize - 1) / UnitSize : sizes.Rows;

    /// <inheritdoc/>
    public void RunHost()
    {
        // A row of few columns costs as much as its share of A takes to load.
        var across = Math.Max(MinOperationsPerElement, SplitsColumns ? sizes.Rows : sizes.Columns);
        var operationsPerUnit = 2.0 * UnitSize * across * Math.Max(1, sizes.Inner);
        HostThreads.For(batch.Count * UnitsPerMatrix, HostLoop.UnitsPerThread(operationsPerUnit), this);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (typeof(T) == typeof(float))
            Device<FloatLane, float>().Launch(launcher);
        else
            Device<DoubleLane, double>().Launch(launcher);
    }

    /// <summary>
    /// Computes units <paramref name="start"/> to <paramref name="end"/>: rows, or panels of columns, of all matrices in turn.
    /// </summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, MatMulKernel<TActivation, T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var (m, n, k) = ((nint)sizes.Rows, (nint)sizes.Columns, (nint)sizes.Inner);
        var units = UnitsPerMatrix;
        for (var unit = start; unit < end;)
        {
            var index = unit / units;
            var first = (nint)(unit - index * units) * UnitSize;
            var last = (nint)Math.Min(units, end - index * units) * UnitSize;
            var row = SplitsColumns ? 0 : first;
            var column = SplitsColumns ? first : 0;
            var rows = SplitsColumns ? m : last - first;
            var columns = SplitsColumns ? Math.Min(last, n) - first : n;
            var (matrixA, matrixB) = batch.Matrices(index);
            var left = StridedMatrix<TElement>.RowMajor((TElement*)a.Pointer + matrixA * m * k, sizes.TransposeA ? m : k, sizes.TransposeA);
            var right = StridedMatrix<TElement>.RowMajor(
                (TElement*)b.Pointer + matrixB * k * n, sizes.TransposeB ? k : n, sizes.TransposeB);
            var position = index * m * n + row * n + column;
            Multiply<TVector, TScalar, TElement>(
                left.From(row, 0), right.From(0, column), (TElement*)c.Pointer + position, rows, columns,
                bias.Length == 0 ? null : (TElement*)bias.Pointer + column,
                argument.Length == 0 ? null : (TElement*)argument.Pointer + position);
            unit = Math.Min(end, (index + 1) * units);
        }
    }

    private MatMulDevice<TActivation, TLane, TElement> Device<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        new(a.Cast<TElement>(), b.Cast<TElement>(), bias.Cast<TElement>(), c.Cast<TElement>(), sizes, batch, accumulate, activation,
            argument.Cast<TElement>());

    /// <summary>A part of one product, by the method that the whole product's sizes ask for, so that parts do not change bits.</summary>
    private void Multiply<TVector, TScalar, TElement>(
        StridedMatrix<TElement> left, StridedMatrix<TElement> right, TElement* target, nint rows, nint columns, TElement* offset,
        TElement* before)
        where TVector : struct, ILane<TVector, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (n, k) = ((nint)sizes.Columns, (nint)sizes.Inner);
        if (HasFewColumns)
        {
            var lines = sizes.TransposeB || n == 1 ? right.Transposed : Packing<TVector, TElement>.CopyColumns(right, k, columns);
            DotProducts<TVector, TScalar, TElement>.Multiply(
                left, lines, new(target, n, 1), rows, columns, k, new(offset, 0, 1), accumulate, activation, before);
        }
        else if (HasFewRows)
        {
            DotProducts<TVector, TScalar, TElement>.Multiply(
                right.Transposed, left, new(target, 1, n), columns, rows, k, new(offset, 1, 0), accumulate, activation, before);
        }
        else if (n == 1 && sizes.TransposeA && offset == null)
        {
            // A column is the row of the transposed product.
            MatrixProduct<TVector, TElement>.Multiply(
                right.Transposed, left.Transposed, target, rows, 1, rows, k, null, accumulate, activation, before);
        }
        else
        {
            MatrixProduct<TVector, TElement>.Multiply(left, right, target, n, rows, columns, k, offset, accumulate, activation, before);
        }
    }
}
