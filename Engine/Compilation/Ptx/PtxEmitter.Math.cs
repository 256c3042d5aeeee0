namespace GpuKeras.Compilation;

// Functions of numbers.
internal sealed partial class PtxEmitter
{
    private void EmitMath(Instruction instruction)
    {
        var (target, a, unsigned) = (Name(instruction.Target), instruction.Operands[0], instruction.Unsigned);
        var (register, arithmetic) = (PtxTypes.Register(a.Type), PtxTypes.Arithmetic(a.Type, unsigned));
        switch (instruction.Math)
        {
            case MathFunction.Abs:
                Line($"abs.{PtxTypes.Arithmetic(a.Type)} {target}, {Operand(a)};");
                break;
            case MathFunction.Min or MathFunction.Max when a.Type.IsFloat:
                EmitFloatExtreme(instruction, target);
                break;
            case MathFunction.Min or MathFunction.Max:
                var name = instruction.Math == MathFunction.Min ? "min" : "max";
                Line($"{name}.{arithmetic} {target}, {Operand(a, unsigned)}, {Operand(instruction.Operands[1], unsigned)};");
                break;
            case MathFunction.Sqrt:
                Line($"sqrt.rn.{register} {target}, {Operand(a)};");
                break;
            case MathFunction.Floor or MathFunction.Ceiling or MathFunction.Round or MathFunction.Truncate:
                Line($"cvt.{Direction(instruction.Math)}.{register}.{register} {target}, {InRegister(a)};");
                break;
            case MathFunction.FusedMultiplyAdd:
                Line($"fma.rn.{register} {target}, {string.Join(", ", instruction.Operands.Select(operand => Operand(operand)))};");
                break;
            case MathFunction.CopySign:
                // PTX names the sign first.
                Line($"copysign.{register} {target}, {Operand(instruction.Operands[1])}, {Operand(a)};");
                break;
            case MathFunction.MultiplyHigh:
                Line($"mul.hi.{arithmetic} {target}, {Operand(a, unsigned)}, {Operand(instruction.Operands[1], unsigned)};");
                break;
            case MathFunction.PopCount:
                Line($"popc.{register} {target}, {Operand(a)};");
                break;
            case MathFunction.LeadingZeroCount:
                Line($"clz.{register} {target}, {Operand(a)};");
                break;
            case MathFunction.TrailingZeroCount:
                var reversed = NewRegister(register);
                Line($"brev.{register} {reversed}, {Operand(a)};");
                Line($"clz.{register} {target}, {reversed};");
                break;
            case MathFunction.RoundTf32:
                Need(Ampere, "MatrixUnit", instruction);
                Line($"cvt.rna.tf32.f32 {target}, {InRegister(a)};");
                break;
            case MathFunction.PackBFloat16:
                Need(Ampere, "MatrixUnit", instruction);
                // PTX names the high half first.
                Line($"cvt.rn.bf16x2.f32 {target}, {InRegister(instruction.Operands[1])}, {InRegister(a)};");
                break;
            default:
                throw Refuse($"there is no instruction for {instruction.Math} on CUDA", "compute it in C#", instruction);
        }
    }

    private static string Direction(MathFunction function) => function switch
    {
        MathFunction.Floor => "rmi",
        MathFunction.Ceiling => "rpi",
        MathFunction.Round => "rni",
        _ => "rzi",
    };

    // PTX's plain minimum drops NaN; the sum of the operands keeps it.
    private void EmitFloatExtreme(Instruction instruction, string target)
    {
        var type = instruction.Target.Type;
        var (register, name) = (PtxTypes.Register(type), instruction.Math == MathFunction.Min ? "min" : "max");
        var (a, b) = (Operand(instruction.Operands[0]), Operand(instruction.Operands[1]));
        if (type.Kind == IrKind.Float32 && architecture >= Ampere)
        {
            Need(Ampere, name, instruction);
            Line($"{name}.NaN.f32 {target}, {a}, {b};");
            return;
        }
        var (extreme, isNaN) = (NewRegister(register), NewRegister("pred"));
        Line($"{name}.{register} {extreme}, {a}, {b};");
        Line($"setp.nan.{register} {isNaN}, {a}, {b};");
        Line($"@{isNaN} add.rn.{register} {extreme}, {a}, {b};");
        Line($"mov.{register} {target}, {extreme};");
    }
}
