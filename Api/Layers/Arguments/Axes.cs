using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>One axis of a tensor or several; negative ones count from the end. The default is the last axis.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public readonly struct Axes : IConfigValue, IEquatable<Axes>, IEnumerable<int>
{
    private static readonly int[] Last = [-1];
    private readonly int[]? axes;
    private readonly bool isList;

    private Axes(int[] axes, bool isList) => (this.axes, this.isList) = (axes, isList);

    /// <summary>No axis.</summary>
    public static Axes None => new([], isList: true);

    /// <summary>The axes as they were given.</summary>
    public ReadOnlySpan<int> Span => axes ?? Last;

    /// <summary>How many there are.</summary>
    public int Count => Span.Length;

    /// <summary>A list of axes; collection expressions call it.</summary>
    public static Axes Create(ReadOnlySpan<int> axes) => new(axes.ToArray(), isList: true);

    /// <summary>One axis.</summary>
    public static implicit operator Axes(int axis) => new([axis], isList: false);

    /// <summary>A list of axes.</summary>
    public static implicit operator Axes(int[] axes) => new([.. axes], isList: true);

    /// <summary>Two axes.</summary>
    public static implicit operator Axes((int First, int Second) axes) => new([axes.First, axes.Second], isList: true);

    /// <summary>Reads a number or a list of numbers.</summary>
    public static Axes FromJson(JsonNode value) => value switch
    {
        JsonArray list => new Axes([.. list.Select(static axis => (int)axis!)], isList: true),
        _ => (int)value,
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => isList ? new JsonArray([.. Span.ToArray().Select(static axis => (JsonNode)axis)]) : Span[0];

    /// <inheritdoc/>
    public bool Equals(Axes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Axes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, Span[0]);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(axes ?? Last)).GetEnumerator();

    /// <inheritdoc/>
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The axes in square brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", Span.ToArray())}]";

    /// <summary>Whether two lists are equal.</summary>
    public static bool operator ==(Axes left, Axes right) => left.Equals(right);

    /// <summary>Whether two lists differ.</summary>
    public static bool operator !=(Axes left, Axes right) => !left.Equals(right);

    /// <summary>The axes counted from the start and sorted.</summary>
    /// <exception cref="ArgumentException">An axis does not exist or comes twice.</exception>
    internal int[] Of(in Shape shape, string layer)
    {
        var counted = new int[Count];
        for (var i = 0; i < counted.Length; i++)
        {
            counted[i] = Span[i] < 0 ? Span[i] + shape.Rank : Span[i];
            if ((uint)counted[i] >= (uint)shape.Rank)
                throw new ShapeException(
                    $"layer '{layer}'", $"axis {Span[i]} must be one of the input's", $"input shape {shape.ToKerasString()}, axis {this}");
            if (Array.IndexOf(counted, counted[i], 0, i) >= 0)
                throw new ArgumentException($"layer '{layer}': Duplicate axes are not allowed. Received: axis={this}");
        }
        Array.Sort(counted);
        return counted;
    }
}
