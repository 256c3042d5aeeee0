namespace GpuKeras.Tests.Support.Ptx;

/// <summary>Reads an instruction's modifiers and operands in order, and checks that nothing is left over.</summary>
public sealed class PtxForm(PtxInstruction instruction, PtxText text, PtxSlots slots)
{
    private int modifier;
    private int operand;

    public string Opcode => instruction.Opcode;

    /// <summary>How many operands are left.</summary>
    public int Left => instruction.Operands.Length - operand;

    /// <summary>What a warp does together once all its items are at this instruction, or null.</summary>
    public Action<PtxItem[]>? Together { get; set; }

    /// <summary>Where a branch goes.</summary>
    public int Target()
    {
        var label = Operand();
        return text.Labels.TryGetValue(label, out var target) ? target : throw Fault($"label {label} is not there");
    }

    /// <summary>Whether the last modifier is this one.</summary>
    public bool EndsWith(string name) => instruction.Modifiers.LastOrDefault() == name;

    /// <summary>Whether an operand is several registers in braces.</summary>
    public bool IsVector(int index) => index < instruction.Operands.Length && instruction.Operands[index].StartsWith('{');

    /// <summary>Takes the next modifier if it is this one.</summary>
    public bool Try(string name)
    {
        if (modifier == instruction.Modifiers.Length || instruction.Modifiers[modifier] != name)
            return false;
        modifier++;
        return true;
    }

    /// <summary>Takes the next modifier, which must be one of these.</summary>
    public string OneOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Try(name))
                return name;
        }
        throw Fault($"modifier {modifier + 1} must be one of {string.Join(", ", names.ToArray())}");
    }

    /// <summary>Takes the next modifier, which must be a type.</summary>
    public PtxType Type(Func<PtxType, bool>? allowed = null)
    {
        if (modifier == instruction.Modifiers.Length || PtxType.Parse(instruction.Modifiers[modifier]) is not { } type)
            throw Fault($"modifier {modifier + 1} must be a type");
        if (allowed is not null && !allowed(type))
            throw Fault($"the type {type} does not exist for this instruction");
        modifier++;
        return type;
    }

    /// <summary>The slot of a register that is written.</summary>
    /// <param name="type">The instruction's type.</param>
    /// <param name="widens">Whether a wider integer register is filled up (<c>ld</c>, <c>cvt</c>).</param>
    public int Write(PtxType type, bool widens = false) => Register(Operand(), type, widens, written: true).Slot;

    /// <summary>The slot and type of a register that is written.</summary>
    public (int Slot, PtxType Type) WriteTyped(PtxType type) => Register(Operand(), type, widens: true, written: true);

    /// <summary>The slot of a register or constant that is read.</summary>
    /// <param name="type">The instruction's type.</param>
    /// <param name="widens">Whether the low bits of a wider integer register are read (<c>st</c>, <c>cvt</c>).</param>
    public int Read(PtxType type, bool widens = false) => Value(Operand(), type, widens);

    /// <summary>Several registers: <c>{a, b, c, d}</c>, or one without braces.</summary>
    public (int Slot, PtxType Type)[] WriteVector(PtxType type, int count, bool widens = false) =>
        [.. Vector(count).Select(name => Register(name, type, widens, written: true))];

    /// <summary>Several registers or constants.</summary>
    public int[] ReadVector(PtxType type, int count, bool widens = false) => [.. Vector(count).Select(name => Value(name, type, widens))];

    /// <summary>An address <c>[register+offset]</c> or <c>[variable+offset]</c>.</summary>
    /// <param name="space">The state space.</param>
    public (int Slot, long Offset) Address(string space)
    {
        var (name, offset) = Bracketed();
        if (text.Variables.TryGetValue(name, out var variable))
        {
            if (variable.Space != space)
                throw Fault($"{name} is in .{variable.Space} memory");
            return (slots.Address(variable), offset);
        }
        var (slot, type) = slots.Register(name);
        if (!type.IsInteger || type.Bits != 64 && (type.Bits != 32 || space != "shared"))
            throw Fault($"{name}: an address in .{space} memory cannot be of type {type}");
        return (slot, offset);
    }

    /// <summary>The slot of a variable's address, if the next operand is a variable's name.</summary>
    public int? Symbol()
    {
        if (operand == instruction.Operands.Length || !text.Variables.TryGetValue(instruction.Operands[operand], out var variable))
            return null;
        operand++;
        return slots.Address(variable);
    }

    /// <summary>An operand that must be a constant.</summary>
    public ulong Constant(PtxType type)
    {
        var name = Operand();
        return PtxSlots.TryConstant(name, type, out var value) ? value : throw Fault($"operand {name} must be a constant");
    }

    /// <summary>Fails where modifiers or operands are left.</summary>
    public void End()
    {
        if (modifier < instruction.Modifiers.Length)
            throw Fault($"unknown modifier .{instruction.Modifiers[modifier]}");
        if (Left > 0)
            throw Fault($"{Left} operands too many");
    }

    /// <summary>An exception that names the instruction.</summary>
    public PtxException Fault(string message) => new($"{instruction}: {message}");

    private string Operand() => Left > 0 ? instruction.Operands[operand++] : throw Fault("an operand is missing");

    private (string Name, long Offset) Bracketed()
    {
        var operand = Operand();
        if (operand[0] != '[' || operand[^1] != ']')
            throw Fault($"{operand}: must be an address in brackets");
        var parts = operand[1..^1].Split('+', StringSplitOptions.TrimEntries);
        var offset = 0L;
        if (parts.Length > 2 || parts.Length == 2 && !long.TryParse(parts[1], out offset) || offset != (int)offset)
            throw Fault($"{operand}: the offset must be an integer of 32 bits");
        return (parts[0], offset);
    }

    private string[] Vector(int count)
    {
        var operand = Operand();
        var names = operand[0] == '{' ? [.. PtxInstruction.Split(operand[1..^1])] : new[] { operand };
        if (names.Length != count || operand[0] == '{' != (count > 1))
            throw Fault($"{operand}: must be {count} registers");
        return names;
    }

    private int Value(string name, PtxType type, bool widens) =>
        name[0] == '%' ? Register(name, type, widens, written: false).Slot : slots.Constant(name, type);

    private (int Slot, PtxType Type) Register(string name, PtxType type, bool widens, bool written)
    {
        var register = slots.Register(name);
        if (PtxSlots.IsSpecial(name) && (written || instruction.Opcode != "mov"))
            throw Fault($"{name} can only be read by mov");
        return type.Takes(register.Type, widens) ? register : throw Fault($"{name} is {register.Type}; the instruction says {type}");
    }
}
