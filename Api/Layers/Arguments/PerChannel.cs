using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>One number for a whole tensor, or one for each entry of its last axis. The default is 0.</summary>
public readonly struct PerChannel : IConfigValue, IEquatable<PerChannel>
{
    private readonly double[]? values;
    private readonly bool isList;

    private PerChannel(double[] values, bool isList) => (this.values, this.isList) = (values, isList);

    /// <summary>The number, if there is one for all.</summary>
    public double? Single => isList ? null : values?[0] ?? 0;

    /// <summary>The number for all.</summary>
    public static implicit operator PerChannel(double value) => new([value], isList: false);

    /// <summary>One number for each channel.</summary>
    public static implicit operator PerChannel(double[] values) => new([.. values], isList: true);

    /// <summary>Reads a number or a list of numbers.</summary>
    public static PerChannel FromJson(JsonNode value) => value switch
    {
        JsonArray list => new PerChannel([.. list.Select(static number => (double)number!)], isList: true),
        _ => (double)value,
    };

    /// <inheritdoc/>
    public JsonNode ToJson() => isList ? new JsonArray([.. values!.Select(static number => (JsonNode)number)]) : Single!.Value;

    /// <summary>The numbers as a vector <c>[channels]</c>.</summary>
    public Tensor ToTensor(DType dtype) => Tensor.FromDoubles(values ?? [0.0], [values?.Length ?? 1], dtype);

    /// <inheritdoc/>
    public bool Equals(PerChannel other) => isList == other.isList && (values ?? [0.0]).AsSpan().SequenceEqual(other.values ?? [0.0]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PerChannel other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(isList, values?[0] ?? 0);

    /// <summary>Whether two are equal.</summary>
    public static bool operator ==(PerChannel left, PerChannel right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(PerChannel left, PerChannel right) => !left.Equals(right);
}
