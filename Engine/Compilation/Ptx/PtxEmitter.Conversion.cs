namespace GpuKeras.Compilation;

// Conversions between types, with .NET's meaning.
internal sealed partial class PtxEmitter
{
    private void EmitConversion(Instruction instruction)
    {
        var (target, a) = (Name(instruction.Target), instruction.Operands[0]);
        if (instruction.Opcode == Opcode.Bitcast)
        {
            var bits = a is Constant constant ? new Constant(instruction.Target.Type, constant.Bits) : a;
            Line($"mov.{PtxTypes.Register(instruction.Target.Type)} {target}, {Operand(bits)};");
        }
        else if (a.Type.IsFloat && instruction.Target.Type.IsFloat)
        {
            EmitFloatToFloat(instruction.Memory, target, a);
        }
        else if (a.Type.IsFloat)
        {
            EmitFloatToInteger(instruction, target, a);
        }
        else if (instruction.Target.Type.IsFloat)
        {
            var from = PtxTypes.Arithmetic(a.Type, instruction.Unsigned);
            Line($"cvt.rn.{PtxTypes.Register(instruction.Target.Type)}.{from} {target}, {InRegister(a)};");
            if (instruction.Memory is IrKind.Float16 or IrKind.BFloat16)
                EmitFrom16Bits(instruction.Memory, target, To16Bits(instruction.Memory, target));
        }
        else
        {
            EmitIntegerToInteger(instruction, target, InRegister(a));
        }
    }

    private void EmitFloatToFloat(IrKind to, string target, Value a)
    {
        var source = InRegister(a);
        if (a.Type.Kind == to)
        {
            Line($"mov.{PtxTypes.Memory(to)} {target}, {source};");
        }
        else if (to == IrKind.Float64)
        {
            Line($"cvt.f64.f32 {target}, {source};");
        }
        else if (to == IrKind.Float16 && a.Type.Kind == IrKind.Float64)
        {
            // At once, as rounding to Float32 first could round twice.
            var half = NewRegister("b16");
            Line($"cvt.rn.f16.f64 {half}, {source};");
            EmitFrom16Bits(to, target, half);
        }
        else
        {
            var single = target;
            if (a.Type.Kind == IrKind.Float64)
                Line($"cvt.rn.f32.f64 {target}, {source};");
            else
                single = source;
            if (to != IrKind.Float32)
                EmitFrom16Bits(to, target, To16Bits(to, single));
        }
    }

    // PTX saturates as .NET does, but NaN becomes 0 only from Float32 to 32 bits.
    private void EmitFloatToInteger(Instruction instruction, string target, Value a)
    {
        var (type, source) = (instruction.Target.Type, InRegister(a));
        var unsigned = instruction.Unsigned && !instruction.Memory.IsSmallInteger();
        Line($"cvt.rzi.{PtxTypes.Arithmetic(type, unsigned)}.{PtxTypes.Register(a.Type)} {target}, {source};");
        if (a.Type.Kind == IrKind.Float64 || type.Kind == IrKind.Int64)
        {
            var isNaN = NewRegister("pred");
            Line($"setp.nan.{PtxTypes.Register(a.Type)} {isNaN}, {source}, {source};");
            Line($"@{isNaN} mov.{PtxTypes.Register(type)} {target}, 0;");
        }
        if (instruction.Memory.IsSmallInteger())
            EmitCut(instruction.Memory, target, target);
    }

    private void EmitIntegerToInteger(Instruction instruction, string target, string source)
    {
        var from = instruction.Operands[0].Type.Kind;
        if (instruction.Memory == IrKind.Int64 && from == IrKind.Int32)
        {
            Line(instruction.Unsigned ? $"cvt.u64.u32 {target}, {source};" : $"cvt.s64.s32 {target}, {source};");
            return;
        }
        if (from == IrKind.Int64 && instruction.Memory != IrKind.Int64)
        {
            Line($"cvt.u32.u64 {target}, {source};");
            source = target;
        }
        if (instruction.Memory.IsSmallInteger())
            EmitCut(instruction.Memory, target, source);
        else if (source != target)
            Line($"mov.{PtxTypes.Register(instruction.Target.Type)} {target}, {source};");
    }

    // The low bits, extended again to 32 by the small type's sign.
    private void EmitCut(IrKind small, string target, string source)
    {
        var type = PtxTypes.Memory(small);
        Line($"cvt.{type[0]}32.{type} {target}, {source};");
    }

    private void EmitFrom16Bits(IrKind kind, string target, string bits)
    {
        if (kind == IrKind.Float16)
        {
            Line($"cvt.f32.f16 {target}, {bits};");
            return;
        }
        // A bfloat16 is the high half of a float32.
        var wide = NewRegister("b32");
        Line($"cvt.u32.u16 {wide}, {bits};");
        Line($"shl.b32 {wide}, {wide}, 16;");
        Line($"mov.b32 {target}, {wide};");
    }

    private string To16Bits(IrKind kind, string source)
    {
        var bits = NewRegister("b16");
        if (kind == IrKind.Float16)
        {
            Line($"cvt.rn.f16.f32 {bits}, {source};");
            return bits;
        }
        // To the nearest, halves to even: add just under a half, and one more where the last bit that stays is set. The conversion
        // instruction would need sm_80. A NaN stays one by its top bit of fraction.
        var (wide, last, isNaN) = (NewRegister("b32"), NewRegister("b32"), NewRegister("pred"));
        Line($"mov.b32 {wide}, {source};");
        Line($"shr.u32 {last}, {wide}, 16;");
        Line($"and.b32 {last}, {last}, 1;");
        Line($"add.s32 {last}, {last}, 32767;");
        Line($"setp.nan.f32 {isNaN}, {source}, {source};");
        Line($"@!{isNaN} add.s32 {wide}, {wide}, {last};");
        Line($"@{isNaN} or.b32 {wide}, {wide}, 4194304;");
        Line($"shr.u32 {wide}, {wide}, 16;");
        Line($"cvt.u16.u32 {bits}, {wide};");
        return bits;
    }
}
