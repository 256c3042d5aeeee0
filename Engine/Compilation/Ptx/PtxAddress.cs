namespace GpuKeras.Compilation;

/// <summary>An address that a memory instruction adds up: start + index · step + offset.</summary>
/// <param name="Start">The pointer.</param>
/// <param name="Index">The index, or null.</param>
/// <param name="Step">What the index counts, in bytes.</param>
/// <param name="Offset">A distance in bytes.</param>
internal readonly record struct PtxAddress(Value Start, Value? Index, int Step, int Offset);
