using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What a device has measured of the ways to compute something, as it is kept in a file.</summary>
/// <param name="Device">The device and its driver.</param>
/// <param name="Family">What is computed.</param>
/// <param name="Layout">What else the choice depends on, for people.</param>
/// <param name="Sizes">The sizes, rounded as <see cref="TuningKey"/> does.</param>
/// <param name="Chosen">The way that is used. May be changed by hand.</param>
/// <param name="Milliseconds">The time of each way that was tried; null for one that the device refused.</param>
internal sealed record TuningResult(
    string Device, string Family, string Layout, string Sizes, string Chosen, IReadOnlyDictionary<string, double?> Milliseconds)
{
    private static readonly TuningJson Format = new(new()
    {
        WriteIndented = true,
        // For people: nothing of it becomes part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });

    /// <summary>The contents of a file.</summary>
    /// <exception cref="JsonException">It is no such result.</exception>
    public static TuningResult Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Format.TuningResult) ?? throw new JsonException("the file holds null");

    /// <summary>The result as the contents of a file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Format.TuningResult);
}
