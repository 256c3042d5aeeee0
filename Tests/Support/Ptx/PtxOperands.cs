namespace GpuKeras.Tests.Support.Ptx;

/// <summary>What registers, constants and addresses may stand as an operand (PTX ISA, chapters Instruction Operands and Type Information).</summary>
internal static class PtxOperands
{
    /// <summary>Whether a modifier names a state space.</summary>
    public static bool IsSpace(string name) => name is "global" or "shared" or "local" or "const" or "param";

    /// <summary>What is wrong with an operand, or null.</summary>
    /// <param name="name">The operand.</param>
    /// <param name="type">The type that the instruction says.</param>
    /// <param name="role">What it may be: see <see cref="PtxRule"/>.</param>
    /// <param name="widens">Whether an integer register may be wider than the type.</param>
    /// <param name="text">The module.</param>
    public static string? Problem(string name, PtxType type, char role, bool widens, PtxText text)
    {
        if (PtxSlots.IsSpecial(name))
            return role == 'm' && type.Agrees(PtxType.U32) ? null : $"{name} can only be read by mov";
        if (name[0] == '%')
        {
            if (!text.Registers.TryGetValue(name, out var register))
                return $"register {name} is not declared";
            return type.Takes(register, widens) ? null : $"{name} is {register}; the instruction says {type}";
        }
        if (role == 'm' && text.Variables.TryGetValue(name, out var variable))
            return IsAddress(type, variable.Space) ? null : $"{name}: an address in .{variable.Space} memory cannot be of type {type}";
        if (role is not ('a' or 'm'))
            return $"{name}: must be a register";
        return PtxSlots.TryConstant(name, type, out _) ? null : $"operand {name}: must be a register or a constant of type {type}";
    }

    /// <summary>What is wrong with an address, or null.</summary>
    public static string? ProblemOfAddress(string operand, string space, PtxText text)
    {
        if (operand[0] != '[' || operand[^1] != ']')
            return $"{operand}: must be an address in brackets";
        var parts = operand[1..^1].Split('+', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || parts.Length == 2 && !int.TryParse(parts[1], out _))
            return $"{operand}: the offset must be an integer of 32 bits";
        if (text.Variables.TryGetValue(parts[0], out var variable))
            return variable.Space == space ? null : $"{parts[0]} is in .{variable.Space} memory";
        if (!text.Registers.TryGetValue(parts[0], out var register))
            return $"register {parts[0]} is not declared";
        return IsAddress(register, space) ? null : $"{parts[0]}: an address in .{space} memory cannot be of type {register}";
    }

    // Shared memory, and only that, has 32 bits of addresses for certain.
    private static bool IsAddress(PtxType type, string space) => type.IsInteger && (type.Bits == 64 || type.Bits == 32 && space == "shared");
}
