using System.Text.Json.Serialization;

namespace GpuKeras.Saving;

/// <summary>Reads single values from JSON, also in programs that were built to do without reflection for that, as those in a single file are.</summary>
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
internal sealed partial class PlainJson : JsonSerializerContext;
