namespace GpuKeras.Compilation;

// Comparisons and the ends of blocks.
internal sealed partial class PtxEmitter
{
    private readonly Dictionary<Register, string> predicates = [];

    private void EmitControl(Instruction instruction, BasicBlock? next)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Compare when uses.IsPredicate(instruction):
                predicates[instruction.Target] = EmitComparison(instruction);
                break;
            case Opcode.Compare:
                Line($"selp.b32 {Name(instruction.Target)}, 1, 0, {EmitComparison(instruction)};");
                break;
            case Opcode.Jump:
                EmitJump(instruction.Successors[0], next);
                break;
            case Opcode.Branch:
                EmitBranch(instruction, next);
                break;
            case Opcode.Switch:
                EmitSwitch(instruction, next);
                break;
            default:
                Line("ret;");
                break;
        }
    }

    private string EmitComparison(Instruction instruction)
    {
        var predicate = NewRegister("pred");
        var (a, b) = (instruction.Operands[0], instruction.Operands[1]);
        var (type, unsigned) = (a.Type, !a.Type.IsFloat && (instruction.Unsigned || a.Type.IsPointer));
        var relation = instruction.Comparison switch
        {
            Comparison.Equal => "eq",
            Comparison.NotEqual => type.IsFloat ? "neu" : "ne",
            Comparison.Less => "lt",
            Comparison.LessOrEqual => "le",
            Comparison.Greater => "gt",
            _ => "ge",
        };
        if (type.IsFloat && instruction.Unsigned && instruction.Comparison > Comparison.NotEqual)
            relation += "u";
        Line($"setp.{relation}.{PtxTypes.Arithmetic(type, unsigned)} {predicate}, {Operand(a, unsigned)}, {Operand(b, unsigned)};");
        return predicate;
    }

    private void EmitJump(BasicBlock target, BasicBlock? next)
    {
        if (target != next)
            Line($"bra {Label(target)};");
    }

    private void EmitBranch(Instruction instruction, BasicBlock? next)
    {
        var (yes, no) = (instruction.Successors[0], instruction.Successors[1]);
        string predicate;
        if (instruction.Operands[0] is Register register && predicates.TryGetValue(register, out var known))
        {
            predicate = known;
            if (instruction.Comparison == Comparison.Equal)
                (yes, no) = (no, yes);
        }
        else
        {
            predicate = EmitComparison(instruction);
        }
        if (yes == next)
        {
            Line($"@!{predicate} bra {Label(no)};");
            return;
        }
        Line($"@{predicate} bra {Label(yes)};");
        EmitJump(no, next);
    }

    private void EmitSwitch(Instruction instruction, BasicBlock? next)
    {
        var value = InRegister(instruction.Operands[0]);
        for (var i = 0; i < instruction.Successors.Length - 1; i++)
        {
            var predicate = NewRegister("pred");
            Line($"setp.eq.s32 {predicate}, {value}, {i};");
            Line($"@{predicate} bra {Label(instruction.Successors[i])};");
        }
        EmitJump(instruction.Successors[^1], next);
    }
}
