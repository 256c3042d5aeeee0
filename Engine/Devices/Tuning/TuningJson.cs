using System.Text.Json.Serialization;

namespace GpuKeras;

/// <summary>Writes and reads tuning results, also in programs that were built to do without reflection for that, as those in a single file are.</summary>
[JsonSerializable(typeof(TuningResult))]
internal sealed partial class TuningJson : JsonSerializerContext;
