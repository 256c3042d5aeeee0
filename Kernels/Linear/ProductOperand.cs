namespace GpuKeras.Kernels.Linear;

/// <summary>An operand of a product where it lies: lines, which are rows of A or columns of B, of numbers along k.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">All matrices.</param>
/// <param name="lines">How many lines a matrix has.</param>
/// <param name="inner">k.</param>
/// <param name="lineStride">Elements from one line to the next.</param>
/// <param name="kStride">Elements from one k to the next; one of the strides is 1.</param>
/// <param name="offsets">Where the matrices begin.</param>
internal readonly struct ProductOperand<T>(ArrayView<T> view, int lines, int inner, int lineStride, int kStride, BatchOffsets offsets)
    where T : unmanaged
{
    private readonly BatchOffsets offsets = offsets;

    /// <summary>All matrices.</summary>
    public ArrayView<T> View { get; } = view;

    /// <summary>How many lines a matrix has.</summary>
    public int Lines { get; } = lines;

    /// <summary>k.</summary>
    public int Inner { get; } = inner;

    /// <summary>Elements from one line to the next.</summary>
    public int LineStride { get; } = lineStride;

    /// <summary>Elements from one k to the next.</summary>
    public int KStride { get; } = kStride;

    /// <summary>Whether lines, not numbers along k, are neighbours in memory.</summary>
    public bool AlongLines { get; } = lineStride == 1;

    /// <summary>
    /// Whether quads in the direction of neighbours, from multiples of four on, begin at multiples of four elements and do not cross the
    /// end of that direction.
    /// </summary>
    public bool HasWholeQuads { get; } =
        QuadMemory.IsAligned(view) && offsets.AreAligned && (lineStride == 1 ? lines : inner) % Quad<T>.Count == 0
        && (lineStride == 1 ? kStride : lineStride) % Quad<T>.Count == 0;

    /// <summary>The first element of the matrix of a product.</summary>
    public long Start(int matrix) => offsets[matrix];

    /// <summary>The same operand with its elements seen as another type of the same size.</summary>
    public ProductOperand<TOther> Cast<TOther>()
        where TOther : unmanaged => new(View.Cast<TOther>(), Lines, Inner, LineStride, KStride, offsets);
}
