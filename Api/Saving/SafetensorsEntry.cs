namespace GpuKeras.Saving;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Encoding">How its elements are stored; it has a target dtype.</param>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Start">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last one.</param>
internal sealed record SafetensorsEntry(string Name, ElementEncoding Encoding, Shape Shape, long Start, long End);
