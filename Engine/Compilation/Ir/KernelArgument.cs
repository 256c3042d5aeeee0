using System.Runtime.InteropServices;

namespace GpuKeras.Compilation;

/// <summary>One argument of a compiled kernel: a piece of the C# argument struct.</summary>
/// <param name="Kind">How it is passed.</param>
/// <param name="OffsetBytes">Where it lies in the C# struct; 0 for Count.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Element">What a Value, or each element of a Block, is in memory; Pointer for a Pointer; Int32 for Count.</param>
/// <param name="Register">The register that holds it from the start; for a Block a pointer into parameter memory.</param>
/// <param name="IsConverted">Whether the C# struct has a float64 there: the launch makes an Element of it.</param>
internal sealed record KernelArgument(
    ArgumentKind Kind, int OffsetBytes, int SizeBytes, IrKind Element, Register Register, bool IsConverted = false)
{
    /// <summary>Converts a converted argument in place, in the bytes of the C# struct, as a kernel would.</summary>
    public void Convert(Span<byte> arguments)
    {
        var place = arguments[OffsetBytes..];
        var number = MemoryMarshal.Read<double>(place);
        if (Element == IrKind.Float32)
            MemoryMarshal.Write(place, (float)number);
        else if (Element == IrKind.Int32)
            MemoryMarshal.Write(place, int.CreateSaturating(number));
        else
            MemoryMarshal.Write(place, long.CreateSaturating(number));
    }
}
