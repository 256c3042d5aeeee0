using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>
/// One IL instruction. Short forms are decoded as the long ones: <c>ldarg.0</c> is Ldarg with operand 0, <c>br.s</c> is Br.
/// </summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Next">Where the next one starts.</param>
/// <param name="Opcode">What it does.</param>
/// <param name="Operand">An integer, the bits of a double, a variable's number, a branch target's offset, or a metadata token.</param>
/// <param name="Targets">The targets of a switch.</param>
internal readonly record struct IlInstruction(int Offset, int Next, ILOpCode Opcode, long Operand, int[]? Targets)
{
    /// <summary>Whether it goes elsewhere, or may.</summary>
    public bool IsBranch => Opcode is >= ILOpCode.Br and <= ILOpCode.Switch;

    /// <summary>Whether the next instruction is never reached from it.</summary>
    public bool EndsFlow => Opcode is ILOpCode.Br or ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow;
}
