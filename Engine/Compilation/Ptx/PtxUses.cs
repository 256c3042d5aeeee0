namespace GpuKeras.Compilation;

/// <summary>Which registers of a kernel need not exist in PTX, as other instructions take over what they hold.</summary>
internal sealed class PtxUses
{
    private readonly HashSet<Register> stable = [];
    private readonly Dictionary<Register, List<(Instruction User, int Operand)>> uses = [];
    private readonly Dictionary<Instruction, bool> needed = [];

    /// <summary>Counts a kernel's uses.</summary>
    public PtxUses(KernelFunction kernel)
    {
        var writes = new Dictionary<Register, int>();
        foreach (var argument in kernel.Arguments)
            writes[argument.Register] = 1;
        foreach (var instruction in kernel.Instructions)
        {
            foreach (var target in instruction.Targets)
                writes[target] = writes.GetValueOrDefault(target) + 1;
            for (var i = 0; i < instruction.Operands.Length; i++)
            {
                if (instruction.Operands[i] is not Register register)
                    continue;
                if (!uses.TryGetValue(register, out var list))
                    uses[register] = list = [];
                list.Add((instruction, i));
            }
        }
        stable.UnionWith(writes.Where(static pair => pair.Value == 1).Select(static pair => pair.Key));
    }

    /// <summary>Whether anything reads a register.</summary>
    public bool IsRead(Register register) => uses.ContainsKey(register);

    /// <summary>The one instruction that writes a register, or null.</summary>
    public Instruction? Definition(Value value) => value is Register register && stable.Contains(register) ? register.Definition : null;

    /// <summary>A pointer as a start and a distance in bytes that memory instructions can add by themselves.</summary>
    public PtxAddress Address(Value pointer)
    {
        var offset = 0L;
        while (Definition(pointer) is { } definition && IsOffset(definition, out var step) && (int)(offset + step) == offset + step)
        {
            pointer = definition.Operands[0];
            offset += step;
        }
        if (!IsIndexed(pointer, out var element))
            return new(pointer, null, 0, (int)offset);
        var (index, added) = Split(element.Operands[1], pointer.Type.Space);
        var distance = offset + added * element.Immediate;
        return distance == (int)distance
            ? new(element.Operands[0], index, element.Immediate, (int)distance)
            : new(pointer, null, 0, (int)offset);
    }

    /// <summary>An index without the constants that are added to it; modulo the size of an address this changes nothing.</summary>
    private (Value Index, long Added) Split(Value index, AddressSpace space)
    {
        var added = 0L;
        while (Definition(index) is { } definition)
        {
            // Shared addresses have 32 bits, so that the upper half of an index does not count.
            if (space == AddressSpace.Shared && Narrow(index, signed: !definition.Unsigned) is { } narrow)
                index = narrow;
            else if (definition.Opcode == Opcode.Add && definition.Operands is [Register start, Constant constant] && IsAddable(start, space))
                (index, added) = (start, added + constant.Bits);
            else
                break;
        }
        return (index, added);
    }

    private bool IsAddable(Register start, AddressSpace space) =>
        stable.Contains(start) && (space == AddressSpace.Shared || start.Type.Kind == IrKind.Int64);

    private bool IsIndexed(Value pointer, out Instruction element)
    {
        element = Definition(pointer)!;
        return element is { Opcode: Opcode.PointerAdd } && element.Operands is [Register start, Register] && stable.Contains(start)
            && Split(element.Operands[1], pointer.Type.Space).Added != 0;
    }

    /// <summary>Whether an instruction must be written out: not an address that all its users add up themselves.</summary>
    public bool IsNeeded(Instruction instruction)
    {
        if (needed.TryGetValue(instruction, out var result))
            return result;
        return needed[instruction] = instruction.Opcode switch
        {
            Opcode.PointerAdd when IsOffset(instruction, out _) || IsIndexed(instruction.Target, out _) =>
                Users(instruction).Exists(IsAddressNeeded),
            _ => true,
        };
    }

    /// <summary>Whether only branches on zero read a comparison, so that it can stay a predicate.</summary>
    public bool IsPredicate(Instruction instruction) => instruction.Opcode == Opcode.Compare
        && Definition(instruction.Target) == instruction
        && Users(instruction).TrueForAll(static use => use.User.Opcode == Opcode.Branch && use.Operand == 0
            && use.User.Comparison is Comparison.Equal or Comparison.NotEqual && use.User.Operands[1] is Constant { Bits: 0 });

    /// <summary>Int32 factors whose product of 64 bits is that of two Int64 values, and whether they are signed; else null.</summary>
    public (bool Signed, Value A, Value B)? Widened(Value a, Value b)
    {
        if ((Widened(a) ?? Widened(b)) is not { } definition)
            return null;
        var signed = !definition.Unsigned;
        return Narrow(a, signed) is { } x && Narrow(b, signed) is { } y ? (signed, x, y) : null;
    }

    /// <summary>The Int32 value that was extended to an Int64 one, or null.</summary>
    public Value? Narrow(Value value, bool signed)
    {
        if (value is not Constant constant)
            return Widened(value) is { } definition && definition.Unsigned != signed ? definition.Operands[0] : null;
        var fits = signed ? constant.Bits == (int)constant.Bits : constant.Bits == (uint)constant.Bits;
        return value.Type.Kind == IrKind.Int64 && fits ? Constant.Int32(constant.Bits) : null;
    }

    private Instruction? Widened(Value value) =>
        Definition(value) is { Opcode: Opcode.Convert, Memory: IrKind.Int64 } definition
            && definition.Operands[0] is Register { Type.Kind: IrKind.Int32 } source && stable.Contains(source)
            ? definition
            : null;

    private static bool IsAddress((Instruction User, int Operand) use) => use.User.Opcode switch
    {
        Opcode.Load or Opcode.Store or Opcode.Atomic => use.Operand == 0,
        Opcode.AsyncCopyStart => use.Operand < 2,
        _ => false,
    };

    private List<(Instruction User, int Operand)> Users(Instruction instruction) => uses.GetValueOrDefault(instruction.Target) ?? [];

    private bool IsAddressNeeded((Instruction User, int Operand) use) =>
        !IsAddress(use) && (use.User.Opcode != Opcode.PointerAdd || IsNeeded(use.User));

    private bool IsOffset(Instruction instruction, out long step)
    {
        step = 0;
        if (instruction.Opcode != Opcode.PointerAdd || instruction.Operands[1] is not Constant constant
            || instruction.Operands[0] is not Register register || !stable.Contains(register) || !stable.Contains(instruction.Target))
        {
            return false;
        }
        step = constant.Bits * instruction.Immediate;
        return step is >= int.MinValue and <= int.MaxValue;
    }
}
