namespace GpuKeras.Compilation;

// Moves, arithmetic and bits.
internal sealed partial class PtxEmitter
{
    private void EmitArithmetic(Instruction instruction)
    {
        var type = instruction.Target.Type;
        var (target, a) = (Name(instruction.Target), instruction.Operands[0]);
        var (register, unsigned) = (PtxTypes.Register(type), instruction.Unsigned);
        var arithmetic = PtxTypes.Arithmetic(type, unsigned);
        switch (instruction.Opcode)
        {
            case Opcode.Move:
                Line($"mov.{register} {target}, {Operand(a)};");
                return;
            case Opcode.Negate:
                Line($"neg.{PtxTypes.Arithmetic(type)} {target}, {Operand(a)};");
                return;
            case Opcode.Not:
                Line($"not.{register} {target}, {Operand(a)};");
                return;
        }
        var b = instruction.Operands[1];
        switch (instruction.Opcode)
        {
            case Opcode.Subtract when a.Type.IsPointer:
                EmitDistance(target, a, b);
                break;
            case Opcode.Add or Opcode.Subtract:
                var name = instruction.Opcode == Opcode.Add ? "add" : "sub";
                Line($"{name}{Rounding(type)}.{PtxTypes.Arithmetic(type)} {target}, {Operand(a)}, {Operand(b)};");
                break;
            case Opcode.Multiply when uses.Widened(a, b) is var (signed, x, y):
                Line($"mul.wide.{(signed ? 's' : 'u')}32 {target}, {Operand(x, !signed)}, {Operand(y, !signed)};");
                break;
            case Opcode.Multiply:
                Line($"mul{(type.IsFloat ? ".rn" : ".lo")}.{PtxTypes.Arithmetic(type)} {target}, {Operand(a)}, {Operand(b)};");
                break;
            case Opcode.Divide:
                Line($"div{Rounding(type)}.{arithmetic} {target}, {Operand(a, unsigned)}, {Operand(b, unsigned)};");
                break;
            case Opcode.Remainder when type.IsFloat:
                EmitFloatRemainder(type, target, a, b);
                break;
            case Opcode.Remainder:
                Line($"rem.{arithmetic} {target}, {Operand(a, unsigned)}, {Operand(b, unsigned)};");
                break;
            case Opcode.And or Opcode.Or or Opcode.Xor:
                Line($"{instruction.Opcode.ToString().ToLowerInvariant()}.{register} {target}, {Operand(a)}, {Operand(b)};");
                break;
            case Opcode.ShiftLeft:
                Line($"shl.{register} {target}, {Operand(a)}, {ShiftCount(type, b)};");
                break;
            case Opcode.ShiftRight:
                Line($"shr.{arithmetic} {target}, {Operand(a, unsigned)}, {ShiftCount(type, b)};");
                break;
            default:
                throw Refuse($"{instruction.Opcode} does not exist on CUDA", "choose a variant by the device's profile", instruction);
        }
    }

    // Said everywhere: without it the assembler may fuse a product and a sum.
    private static string Rounding(IrType type) => type.IsFloat ? ".rn" : "";

    // PTX clamps shift counts; C# masks them.
    private string ShiftCount(IrType type, Value count)
    {
        var mask = type.Kind == IrKind.Int64 ? 63 : 31;
        if (count is Constant constant)
            return $"{constant.Bits & mask}";
        var masked = NewRegister("b32");
        Line($"and.b32 {masked}, {Operand(count)}, {mask};");
        return masked;
    }

    private void EmitDistance(string target, Value a, Value b)
    {
        if (a.Type.Space != AddressSpace.Shared)
        {
            Line($"sub.s64 {target}, {Operand(a)}, {Operand(b)};");
            return;
        }
        var distance = NewRegister("b32");
        Line($"sub.s32 {distance}, {Operand(a)}, {Operand(b)};");
        Line($"cvt.s64.s32 {target}, {distance};");
    }
}
