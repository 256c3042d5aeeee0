using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>How up to three row-major operands are read for each element of a broadcast result.</summary>
/// <remarks>
/// NumPy's rule: shapes are aligned at their last axes, and an axis of size 1 (or a missing one) repeats. Neighbouring axes over
/// which every operand behaves alike are merged, so that what remains is short: one axis for equal shapes or a scalar, two for
/// <c>[rows, columns]</c> with <c>[columns]</c> or with <c>[rows, 1]</c>. Along the last axis, an operand is then either
/// contiguous or one repeated value.
/// </remarks>
public readonly struct Broadcast
{
    private readonly Extents sizes;
    private readonly Operands presence;

    /// <summary>Plans the reading of operands whose shapes are known to broadcast to <paramref name="result"/>.</summary>
    public Broadcast(ReadOnlySpan<int> result, ReadOnlySpan<int> a, ReadOnlySpan<int> b, ReadOnlySpan<int> c = default)
    {
        Span<int> merged = stackalloc int[Extents.MaxRank];
        // One bit for each operand that has the axis; alike for neighbours that are merged.
        Span<int> present = stackalloc int[Extents.MaxRank];
        var rank = 0;
        for (var axis = 0; axis < result.Length; axis++)
        {
            if (result[axis] == 1)
                continue;
            var distance = result.Length - axis;
            var bits = (Has(a, distance) ? 1 : 0) | (Has(b, distance) ? 2 : 0) | (Has(c, distance) ? 4 : 0);
            if (rank > 0 && present[rank - 1] == bits && (long)merged[rank - 1] * result[axis] <= int.MaxValue)
            {
                merged[rank - 1] *= result[axis];
                continue;
            }
            (merged[rank], present[rank]) = (result[axis], bits);
            rank++;
        }
        if (rank == 0)
            (merged[0], present[0], rank) = (1, 7, 1);
        sizes = new Extents(merged[..rank]);
        for (var axis = 0; axis < rank; axis++)
        {
            for (var operand = 0; operand < 3; operand++)
                presence[operand] |= (present[axis] >> operand & 1) << axis;
        }
    }

    /// <summary>The number of merged axes, at least one.</summary>
    public int Rank => sizes.Rank;

    /// <summary>The size of the last merged axis.</summary>
    public int InnerSize => sizes[sizes.Rank - 1];

    /// <summary>The sizes of the merged axes.</summary>
    public Extents Sizes => sizes;

    /// <summary>Whether an operand has every element of the result.</summary>
    public bool IsDense(int operand) => presence[operand] == (1 << sizes.Rank) - 1;

    /// <summary>Whether an operand is one row, which repeats over all others: a bias.</summary>
    public bool IsRow(int operand) => sizes.Rank == 2 && presence[operand] == 2;

    /// <summary>Whether an operand is contiguous along the last axis, rather than one repeated value.</summary>
    public bool IsInner(int operand) => (presence[operand] >> (sizes.Rank - 1) & 1) != 0;

    /// <summary>How far apart an operand's neighbours along each merged axis are; 0 where it repeats.</summary>
    public Extents Strides(int operand)
    {
        var strides = sizes;
        for (var axis = 0; axis < sizes.Rank; axis++)
            strides[axis] = Stride(axis, operand);
        return strides;
    }

    /// <summary>How far apart an operand's neighbours along a merged axis are; 0 where it repeats.</summary>
    public int Stride(int axis, int operand)
    {
        var mask = presence[operand];
        if ((mask >> axis & 1) == 0)
            return 0;
        var stride = 1;
        for (var inner = axis + 1; inner < sizes.Rank; inner++)
        {
            if ((mask >> inner & 1) != 0)
                stride *= sizes[inner];
        }
        return stride;
    }

    /// <summary>The operand's first element for a row: an index over all axes but the last.</summary>
    public long Offset(long row, int operand)
    {
        var mask = presence[operand];
        long offset = 0;
        long stride = IsInner(operand) ? InnerSize : 1;
        for (var axis = sizes.Rank - 2; axis >= 0; axis--)
        {
            long size = sizes[axis];
            // The outermost axis needs no division: nothing lies beyond it.
            var (rest, index) = axis == 0 ? (0, row) : Math.DivRem(row, size);
            row = rest;
            if ((mask >> axis & 1) == 0)
                continue;
            offset += index * stride;
            stride *= size;
        }
        return offset;
    }

    /// <summary>
    /// The operand's values for <paramref name="count"/> elements of the result: in place where they are contiguous, else copied.
    /// </summary>
    /// <param name="source">The operand's first element.</param>
    /// <param name="operand">The operand's number.</param>
    /// <param name="start">The first element of the result.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="buffer">Room for <paramref name="count"/> elements.</param>
    public unsafe T* Gather<T>(T* source, int operand, long start, int count, T* buffer)
        where T : unmanaged
    {
        if (IsDense(operand))
            return source + start;
        var inner = IsInner(operand);
        var (row, column) = Math.DivRem(start, InnerSize);
        if (inner && column + count <= InnerSize)
            return source + Offset(row, operand) + column;
        for (var done = 0; done < count; row++, column = 0)
        {
            var part = (int)Math.Min(InnerSize - column, count - done);
            var values = source + Offset(row, operand);
            if (inner)
                Unsafe.CopyBlockUnaligned(buffer + done, values + column, (uint)(part * sizeof(T)));
            else
                new Span<T>(buffer + done, part).Fill(*values);
            done += part;
        }
        return buffer;
    }

    private static bool Has(ReadOnlySpan<int> shape, int distance) => shape.Length >= distance && shape[^distance] != 1;

    [InlineArray(3)]
    private struct Operands
    {
        private int first;
    }
}
