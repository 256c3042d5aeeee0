namespace GpuKeras.Compilation;

/// <summary>Instructions as statements.</summary>
internal sealed partial class OpenClEmitter
{
    private static string Text(Value value) => value is Constant constant ? OpenClTypes.Literal(constant) : value.ToString()!;

    private static string Unsigned(Value value) => $"({OpenClTypes.Unsigned(value.Type)}){Text(value)}";

    private string Statement(Instruction i) => i.Opcode switch
    {
        Opcode.Load => Load(i),
        Opcode.Store => Store(i),
        Opcode.Barrier => "barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);",
        Opcode.Shuffle => Shuffle(i),
        Opcode.MatrixMultiplyAdd or Opcode.AsyncCopyStart or Opcode.AsyncCopyCommit or Opcode.AsyncCopyWait => throw Unsupported(i),
        _ => $"{i.Target} = {Expression(i)};",
    };

    private string Expression(Instruction i) => i.Opcode switch
    {
        Opcode.Move => Text(i.Operands[0]),
        Opcode.Add => Wrapping(i, "+"),
        Opcode.Subtract when i.Operands[0].Type.IsPointer => $"(long)({Text(i.Operands[0])} - {Text(i.Operands[1])})",
        Opcode.Subtract => Wrapping(i, "-"),
        Opcode.Multiply => Wrapping(i, "*"),
        Opcode.Divide => Division(i, "/"),
        Opcode.Remainder => i.Target.Type.IsFloat ? $"fmod({Text(i.Operands[0])}, {Text(i.Operands[1])})" : Division(i, "%"),
        Opcode.And => Plain(i, "&"),
        Opcode.Or => Plain(i, "|"),
        Opcode.Xor => Plain(i, "^"),
        Opcode.ShiftLeft => $"({OpenClTypes.Name(i.Target.Type)})({Unsigned(i.Operands[0])} << {ShiftCount(i)})",
        Opcode.ShiftRight when i.Unsigned => $"({OpenClTypes.Name(i.Target.Type)})({Unsigned(i.Operands[0])} >> {ShiftCount(i)})",
        Opcode.ShiftRight => $"{Text(i.Operands[0])} >> {ShiftCount(i)}",
        Opcode.Negate when i.Target.Type.IsInteger => $"({OpenClTypes.Name(i.Target.Type)})(0u - {Unsigned(i.Operands[0])})",
        Opcode.Negate => $"-{Text(i.Operands[0])}",
        Opcode.Not => $"~{Text(i.Operands[0])}",
        Opcode.Compare => Relation(i),
        Opcode.Convert => Conversion(i),
        Opcode.Bitcast => $"as_{OpenClTypes.Name(i.Target.Type)}({Text(i.Operands[0])})",
        Opcode.Math => MathCall(i),
        Opcode.PointerAdd => PointerAdd(i),
        Opcode.ArrayAddress => $"({OpenClTypes.Name(i.Target.Type)})array{i.Immediate}",
        Opcode.Special => Special(i.Special),
        Opcode.Atomic => AtomicCall(i),
        Opcode.PanelBroadcast => $"(float16)({Text(i.Operands[0])})",
        // Of vectors ?: chooses place by place.
        Opcode.PanelSelect => $"{Relation(i)} ? {Text(i.Operands[2])} : {Text(i.Operands[3])}",
        Opcode.PanelElement => $"{Text(i.Operands[0])}.s{i.Immediate:x}",
        _ => throw Unsupported(i),
    };

    private static string Plain(Instruction i, string sign) => $"{Text(i.Operands[0])} {sign} {Text(i.Operands[1])}";

    // Overflow of signed numbers is undefined in C.
    private static string Wrapping(Instruction i, string sign) => i.Target.Type.IsInteger
        ? $"({OpenClTypes.Name(i.Target.Type)})({Unsigned(i.Operands[0])} {sign} {Unsigned(i.Operands[1])})"
        : Plain(i, sign);

    private static string Division(Instruction i, string sign) => i.Unsigned && i.Target.Type.IsInteger
        ? $"({OpenClTypes.Name(i.Target.Type)})({Unsigned(i.Operands[0])} {sign} {Unsigned(i.Operands[1])})"
        : Plain(i, sign);

    private static string ShiftCount(Instruction i)
    {
        var mask = i.Target.Type.Kind == IrKind.Int64 ? 63 : 31;
        return i.Operands[1] is Constant constant ? $"{constant.Bits & mask}" : $"({Text(i.Operands[1])} & {mask})";
    }

    // A relation that is true with NaN is the opposite of the opposite one.
    private static string Relation(Instruction i)
    {
        var (a, b) = (i.Operands[0], i.Operands[1]);
        if (a.Type.IsInteger && i.Unsigned)
            return $"{Unsigned(a)} {Sign(i.Comparison)} {Unsigned(b)}";
        if (!i.Unsigned || i.Comparison is Comparison.Equal or Comparison.NotEqual || a.Type.IsPointer)
            return $"{Text(a)} {Sign(i.Comparison)} {Text(b)}";
        var opposite = i.Comparison switch
        {
            Comparison.Less => ">=",
            Comparison.LessOrEqual => ">",
            Comparison.Greater => "<=",
            _ => "<",
        };
        return $"!({Text(a)} {opposite} {Text(b)})";
    }

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };

    private static string PointerAdd(Instruction i)
    {
        if (i.Operands[1] is Constant constant)
            return $"{Text(i.Operands[0])} + {OpenClTypes.Literal(Constant.Int64(constant.Bits * i.Immediate))}";
        var index = i.Operands[1].Type.Kind == IrKind.Int64 ? Text(i.Operands[1]) : $"(long){Text(i.Operands[1])}";
        return i.Immediate == 1 ? $"{Text(i.Operands[0])} + {index}" : $"{Text(i.Operands[0])} + {index} * {i.Immediate}";
    }

    private static string Special(SpecialRegister special) => special switch
    {
        SpecialRegister.GlobalIndex => "(int)get_global_id(0)",
        >= SpecialRegister.GridSizeX => $"(int)get_num_groups({special - SpecialRegister.GridSizeX})",
        >= SpecialRegister.GroupX => $"(int)get_group_id({special - SpecialRegister.GroupX})",
        >= SpecialRegister.GroupSizeX => $"(int)get_local_size({special - SpecialRegister.GroupSizeX})",
        _ => $"(int)get_local_id({special - SpecialRegister.ItemX})",
    };

    private KernelCompilationException Unsupported(Instruction i)
    {
        var failure = new Failure(function.Source);
        failure.Move(i.Source);
        return failure.At($"uses {(i.Opcode == Opcode.Math ? i.Math : i.Opcode)}, which OpenCL devices do not have", "ask the device profile and choose another variant");
    }
}
