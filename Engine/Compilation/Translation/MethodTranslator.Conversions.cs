using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>Conversions between numbers.</summary>
internal sealed partial class MethodTranslator
{
    // conv.r.un makes a floating-point number of unspecified precision; what follows says which.
    private bool isUnsignedToFloat;

    private bool StepConversions(in IlInstruction i)
    {
        IrKind? to = i.Opcode switch
        {
            ILOpCode.Conv_i1 => IrKind.Int8,
            ILOpCode.Conv_u1 => IrKind.UInt8,
            ILOpCode.Conv_i2 => IrKind.Int16,
            ILOpCode.Conv_u2 => IrKind.UInt16,
            ILOpCode.Conv_i4 or ILOpCode.Conv_u4 => IrKind.Int32,
            ILOpCode.Conv_i8 or ILOpCode.Conv_u8 or ILOpCode.Conv_i or ILOpCode.Conv_u => IrKind.Int64,
            ILOpCode.Conv_r4 => IrKind.Float32,
            ILOpCode.Conv_r8 => IrKind.Float64,
            _ => null,
        };
        if (i.Opcode == ILOpCode.Conv_r_un)
        {
            isUnsignedToFloat = true;
            return true;
        }
        if (to is not { } kind)
            return false;
        if (stack[^1] is ReferenceValue)
            return true;
        var unsigned = isUnsignedToFloat || i.Opcode is ILOpCode.Conv_u4 or ILOpCode.Conv_u8 or ILOpCode.Conv_u;
        isUnsignedToFloat = false;
        var value = PopScalar();
        // A floating-point number goes to a small integer by way of int32, as .NET does it.
        if (value.Type.IsFloat && kind.IsSmallInteger())
            value = Code.Convert(value, IrKind.Int32);
        Push(Code.Convert(value, kind, unsigned));
        return true;
    }
}
