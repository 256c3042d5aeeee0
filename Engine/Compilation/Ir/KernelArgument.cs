namespace GpuKeras.Compilation;

/// <summary>One argument of a compiled kernel: a piece of the C# argument struct.</summary>
/// <param name="Kind">How it is passed.</param>
/// <param name="OffsetBytes">Where it lies in the C# struct; 0 for Count.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Element">What a Value, or each element of a Block, is in memory; Pointer for a Pointer; Int32 for Count.</param>
/// <param name="Register">The register that holds it from the start; for a Block a pointer into parameter memory.</param>
internal sealed record KernelArgument(ArgumentKind Kind, int OffsetBytes, int SizeBytes, IrKind Element, Register Register);
