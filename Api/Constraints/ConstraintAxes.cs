using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Constraints;

/// <summary>The axes along which a norm is taken: one number, or several as in <c>[0, 1, 2]</c>.</summary>
/// <remarks>
/// 0 for a kernel <c>[inputs, units]</c> takes the norm of each unit's incoming weights; for a convolution kernel
/// <c>[height, width, channels, filters]</c> that is <c>[0, 1, 2]</c>.
/// </remarks>
[CollectionBuilder(typeof(ConstraintAxes), nameof(Create))]
public sealed class ConstraintAxes : IConfigValue
{
    private readonly bool isNumber;

    private ConstraintAxes(int[] values, bool isNumber) => (Values, this.isNumber) = (values, isNumber);

    internal int[] Values { get; }

    /// <summary>Several axes; collection expressions call it.</summary>
    public static ConstraintAxes Create(ReadOnlySpan<int> axes) => new(axes.ToArray(), isNumber: false);

    /// <summary>One axis.</summary>
    public static implicit operator ConstraintAxes(int axis) => new([axis], isNumber: true);

    /// <summary>The axes, innermost last.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)Values).GetEnumerator();

    /// <summary>The axes as Keras writes them: a number or a list.</summary>
    public JsonNode ToJson() => isNumber ? Values[0] : new JsonArray([.. Values.Select(static axis => (JsonNode)axis)]);

    /// <summary>Reads <see cref="ToJson"/>'s form.</summary>
    public static ConstraintAxes FromJson(JsonNode value) => value is JsonArray axes
        ? Create([.. axes.Select(static axis => (int)axis!)])
        : (int)value;
}
