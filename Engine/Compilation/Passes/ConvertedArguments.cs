namespace GpuKeras.Compilation;

/// <summary>
/// Finds float64 arguments of which a kernel only ever makes one other kind of number: the launch converts them once, rather than each
/// item, and a device without float64 can run the kernel.
/// </summary>
internal static class ConvertedArguments
{
    public static void Find(KernelFunction function)
    {
        var kinds = Kinds(function);
        if (kinds.Count == 0)
            return;
        var registers = new Dictionary<Value, Register>();
        for (var i = 0; i < function.Arguments.Count; i++)
        {
            var argument = function.Arguments[i];
            if (!kinds.TryGetValue(argument.Register, out var kind))
                continue;
            var register = registers[argument.Register] = new Register(function.RegisterCount++, kind.Register());
            function.Arguments[i] =
                argument with { SizeBytes = kind.SizeBytes(), Element = kind, Register = register, IsConverted = true };
        }
        foreach (var block in function.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var conversion = block.Instructions[i];
                if (conversion.Opcode == Opcode.Convert && registers.TryGetValue(conversion.Operands[0], out var register))
                    block.Instructions[i] = Move(conversion, register);
            }
        }
    }

    // The arguments that are converted, and to what.
    private static Dictionary<Value, IrKind> Kinds(KernelFunction function)
    {
        var open = function.Arguments.Where(static argument => argument is { Kind: ArgumentKind.Value, Element: IrKind.Float64 })
            .Select(static argument => (Value)argument.Register).ToHashSet();
        var kinds = new Dictionary<Value, IrKind>();
        foreach (var instruction in open.Count == 0 ? [] : function.Instructions)
        {
            foreach (var operand in instruction.Operands)
            {
                if (!open.Contains(operand))
                    continue;
                var isConversion = instruction is { Opcode: Opcode.Convert, Unsigned: false }
                    && instruction.Memory is IrKind.Float32 or IrKind.Int32 or IrKind.Int64;
                if (isConversion && (!kinds.TryGetValue(operand, out var known) || known == instruction.Memory))
                    kinds[operand] = instruction.Memory;
                else if (open.Remove(operand))
                    kinds.Remove(operand);
            }
        }
        return kinds;
    }

    private static Instruction Move(Instruction conversion, Register source)
    {
        var move = new Instruction(Opcode.Move, conversion.Targets, [source]) { Source = conversion.Source };
        if (conversion.Target.Definition == conversion)
            conversion.Target.Definition = move;
        return move;
    }
}
