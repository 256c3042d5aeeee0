namespace GpuKeras.Compilation;

/// <summary>A field of a struct, or an element of an InlineArray.</summary>
/// <param name="Type">Its type.</param>
/// <param name="OffsetBytes">Where it lies in the struct.</param>
internal readonly record struct StructMember(Type Type, int OffsetBytes);
