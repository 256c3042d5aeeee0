using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Up to eight sizes or strides, one for each axis, held without an array.</summary>
public struct Extents : IEquatable<Extents>
{
    /// <summary>The most axes a tensor can have.</summary>
    public const int MaxRank = 8;

    private Values values;

    /// <summary>Copies the values.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxRank"/>.</exception>
    public Extents(ReadOnlySpan<int> source)
    {
        if (source.Length > MaxRank)
            throw new ArgumentException($"a tensor has at most {MaxRank} axes; got {source.Length}", nameof(source));
        Rank = source.Length;
        for (var i = 0; i < source.Length; i++)
            values[i] = source[i];
    }

    /// <summary>The number of axes.</summary>
    public readonly int Rank { get; }

    /// <summary>The value of one axis.</summary>
    public int this[int axis]
    {
        readonly get => values[axis];
        set => values[axis] = value;
    }

    /// <summary>The values as a span over this instance.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<int> Span => ((ReadOnlySpan<int>)values)[..Rank];

    /// <inheritdoc/>
    public readonly bool Equals(Extents other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Extents other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Span)
            hash.Add(value);
        return hash.ToHashCode();
    }

    [InlineArray(MaxRank)]
    private struct Values
    {
        private int first;
    }
}
