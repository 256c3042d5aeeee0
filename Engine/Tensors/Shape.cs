using System.Collections;
using System.Runtime.CompilerServices;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>The sizes of a tensor's axes, outermost first. Row-major: the last axis is contiguous.</summary>
/// <remarks>
/// <see cref="Unknown"/> stands for a size that is not known yet, such as the batch size of a model's symbolic input; it prints
/// as <c>None</c>, as in Keras. A scalar has rank 0. Collection expressions make shapes: <c>Shape s = [2, 3];</c>.
/// </remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The size of an axis that is not known yet.</summary>
    public const int Unknown = -1;

    private readonly Extents sizes;

    /// <summary>A shape with these sizes.</summary>
    /// <param name="sizes">One size for each axis, at most eight; <see cref="Unknown"/> where it is not known.</param>
    /// <exception cref="ArgumentException">There are more than eight axes, or a size is below −1.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        foreach (var size in sizes)
            if (size < Unknown)
                throw new ArgumentException(
                    $"shape: sizes must not be negative; got ({string.Join(", ", sizes.ToArray())})", nameof(sizes));
        this.sizes = new Extents(sizes);
    }

    /// <summary>The shape of a single number, which has no axes.</summary>
    public static Shape Scalar => default;

    /// <summary>The number of axes.</summary>
    public int Rank => sizes.Rank;

    /// <summary>The number of axes; with it <c>shape[^1]</c> is the last size.</summary>
    public int Length => sizes.Rank;

    /// <summary>The number of elements.</summary>
    /// <exception cref="InvalidOperationException">A size is unknown.</exception>
    /// <exception cref="OverflowException">There are 2⁶³ elements or more.</exception>
    public long Size
    {
        get
        {
            var size = 1L;
            for (var axis = 0; axis < Rank; axis++)
            {
                if (sizes[axis] == Unknown)
                    throw new InvalidOperationException($"shape {this}: the number of elements is not known yet");
                // An axis of 0 makes up for any others.
                if (sizes[axis] > 0 && size > long.MaxValue / sizes[axis] && !Span.Contains(0))
                    throw new OverflowException($"shape {this}: must have fewer than 2^63 elements. Hint: check how its sizes are computed.");
                size *= sizes[axis];
            }
            return size;
        }
    }

    /// <summary>Whether every size is known.</summary>
    public bool IsKnown => !Span.Contains(Unknown);

    /// <summary>The sizes for the kernels.</summary>
    public Extents Extents => sizes;

    /// <summary>The sizes as a span over this instance.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<int> Span => sizes.Span;

    /// <summary>The size of one axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => (uint)axis < (uint)Rank
        ? sizes[axis]
        : throw new ArgumentOutOfRangeException(nameof(axis), $"shape {this} has no axis {axis}");

    /// <summary>The sizes of a range of axes.</summary>
    public Shape Slice(int start, int length) => new(Span.Slice(start, length));

    /// <summary>Makes a shape from its sizes; collection expressions call it.</summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>This shape with another size in its last axis.</summary>
    public Shape WithLast(int size) => With(Rank - 1, size);

    /// <summary>This shape with another size in one axis; a negative axis counts from the end.</summary>
    public Shape With(int axis, int size)
    {
        Span<int> changed = stackalloc int[Rank];
        Span.CopyTo(changed);
        changed[Axis(axis)] = size;
        return new(changed);
    }

    /// <summary>This shape with an axis inserted before <paramref name="axis"/>; −1 appends one.</summary>
    public Shape Insert(int axis, int size)
    {
        var at = axis < 0 ? axis + Rank + 1 : axis;
        Span<int> changed = stackalloc int[Rank + 1];
        Span[..at].CopyTo(changed);
        changed[at] = size;
        Span[at..].CopyTo(changed[(at + 1)..]);
        return new(changed);
    }

    /// <summary>This shape without one axis; a negative axis counts from the end.</summary>
    public Shape Remove(int axis)
    {
        var at = Axis(axis);
        Span<int> changed = stackalloc int[Rank - 1];
        Span[..at].CopyTo(changed);
        Span[(at + 1)..].CopyTo(changed[at..]);
        return new(changed);
    }

    /// <summary>This shape followed by another.</summary>
    public Shape Concat(in Shape other)
    {
        Span<int> joined = stackalloc int[Rank + other.Rank];
        Span.CopyTo(joined);
        other.Span.CopyTo(joined[Rank..]);
        return new(joined);
    }

    /// <summary>The axis counted from the start; a negative one counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        var counted = axis < 0 ? axis + Rank : axis;
        return (uint)counted < (uint)Rank
            ? counted
            : throw new ArgumentOutOfRangeException(nameof(axis), $"axis {axis} is out of range for shape {this} of rank {Rank}");
    }

    /// <summary>The sizes as a new array.</summary>
    public int[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Shape other) => sizes.Equals(other.sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => sizes.GetHashCode();

    /// <summary>The sizes in square brackets, such as <c>[None, 28, 28]</c>.</summary>
    public override string ToString() => $"[{JoinSizes()}]";

    /// <summary>The sizes as Keras prints them, such as <c>(None, 28, 28)</c> or <c>(10,)</c>.</summary>
    public string ToKerasString() => Rank == 1 ? $"({JoinSizes()},)" : $"({JoinSizes()})";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (var axis = 0; axis < Rank; axis++)
            yield return sizes[axis];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether two shapes have the same sizes.</summary>
    public static bool operator ==(in Shape left, in Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(in Shape left, in Shape right) => !left.Equals(right);

    private string JoinSizes()
    {
        var parts = new string[Rank];
        for (var axis = 0; axis < Rank; axis++)
            parts[axis] = sizes[axis] == Unknown ? "None" : sizes[axis].ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(", ", parts);
    }
}
