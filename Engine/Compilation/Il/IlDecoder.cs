using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>Reads the bytes of a method's IL.</summary>
internal static class IlDecoder
{
    private static readonly Dictionary<ILOpCode, OperandType> OperandTypes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .Where(static opcode => opcode.OpCodeType != OpCodeType.Nternal)
        .ToDictionary(static opcode => (ILOpCode)(ushort)opcode.Value, static opcode => opcode.OperandType);

    /// <summary>The instructions in order.</summary>
    public static IlInstruction[] Decode(ReadOnlySpan<byte> il)
    {
        var instructions = new List<IlInstruction>(il.Length / 2);
        for (var position = 0; position < il.Length;)
        {
            var instruction = DecodeOne(il, position);
            instructions.Add(instruction);
            position = instruction.Next;
        }
        return [.. instructions];
    }

    private static IlInstruction DecodeOne(ReadOnlySpan<byte> il, int offset)
    {
        var opcode = il[offset] == 0xFE ? (ILOpCode)(0xFE00 | il[offset + 1]) : (ILOpCode)il[offset];
        var start = offset + (il[offset] == 0xFE ? 2 : 1);
        var rest = il[start..];
        var type = OperandTypes[opcode];
        var size = type switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineBrTarget => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(rest),
            _ => 4,
        };
        var next = start + size;
        long operand = type switch
        {
            OperandType.InlineNone or OperandType.InlineSwitch => 0,
            OperandType.ShortInlineI => (sbyte)rest[0],
            OperandType.ShortInlineVar => rest[0],
            OperandType.InlineVar => BinaryPrimitives.ReadUInt16LittleEndian(rest),
            OperandType.ShortInlineBrTarget => next + (sbyte)rest[0],
            OperandType.InlineBrTarget => next + BinaryPrimitives.ReadInt32LittleEndian(rest),
            OperandType.InlineI8 or OperandType.InlineR => BinaryPrimitives.ReadInt64LittleEndian(rest),
            _ => BinaryPrimitives.ReadInt32LittleEndian(rest),
        };
        return Lengthen(new(offset, next, opcode, operand, opcode == ILOpCode.Switch ? Targets(rest, next) : null));
    }

    private static int[] Targets(ReadOnlySpan<byte> table, int next)
    {
        var targets = new int[BinaryPrimitives.ReadInt32LittleEndian(table)];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = next + BinaryPrimitives.ReadInt32LittleEndian(table[(4 + 4 * i)..]);
        return targets;
    }

    private static IlInstruction Lengthen(in IlInstruction i) => i.Opcode switch
    {
        >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3 => i with { Opcode = ILOpCode.Ldarg, Operand = (int)i.Opcode - (int)ILOpCode.Ldarg_0 },
        >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3 => i with { Opcode = ILOpCode.Ldloc, Operand = (int)i.Opcode - (int)ILOpCode.Ldloc_0 },
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => i with { Opcode = ILOpCode.Stloc, Operand = (int)i.Opcode - (int)ILOpCode.Stloc_0 },
        >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 =>
            i with { Opcode = ILOpCode.Ldc_i4, Operand = (int)i.Opcode - (int)ILOpCode.Ldc_i4_0 },
        >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s => i with { Opcode = i.Opcode - ILOpCode.Br_s + ILOpCode.Br },
        ILOpCode.Ldarg_s => i with { Opcode = ILOpCode.Ldarg },
        ILOpCode.Ldarga_s => i with { Opcode = ILOpCode.Ldarga },
        ILOpCode.Starg_s => i with { Opcode = ILOpCode.Starg },
        ILOpCode.Ldloc_s => i with { Opcode = ILOpCode.Ldloc },
        ILOpCode.Ldloca_s => i with { Opcode = ILOpCode.Ldloca },
        ILOpCode.Stloc_s => i with { Opcode = ILOpCode.Stloc },
        ILOpCode.Ldc_i4_s => i with { Opcode = ILOpCode.Ldc_i4 },
        _ => i,
    };
}
