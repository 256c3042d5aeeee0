namespace GpuKeras.Compilation;

/// <summary>An array of a kernel's own, aligned to 16 bytes.</summary>
/// <param name="Space">Shared by the group, or local to the item.</param>
/// <param name="Element">What it mostly holds: the element's kind, or UInt8 for structs.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record MemoryArray(AddressSpace Space, IrKind Element, long SizeBytes);
