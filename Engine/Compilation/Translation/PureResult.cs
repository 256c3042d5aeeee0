namespace GpuKeras.Compilation;

/// <summary>A computation that depends on its operands only, as a key: two that are equal give the same result.</summary>
internal readonly struct PureResult(Instruction instruction) : IEquatable<PureResult>
{
    private readonly Instruction instruction = instruction;

    public bool Equals(PureResult other)
    {
        var (a, b) = (instruction, other.instruction);
        return a.Opcode == b.Opcode && a.Memory == b.Memory && a.Unsigned == b.Unsigned && a.Comparison == b.Comparison
            && a.Math == b.Math && a.Immediate == b.Immediate && a.Target.Type == b.Target.Type && a.Operands.Length == b.Operands.Length
            && !a.Operands.Where((operand, i) => !IsSame(operand, b.Operands[i])).Any();
    }

    public override bool Equals(object? obj) => obj is PureResult other && Equals(other);

    public override int GetHashCode()
    {
        var hash = HashCode.Combine(instruction.Opcode, instruction.Memory, instruction.Immediate, instruction.Math);
        foreach (var operand in instruction.Operands)
            hash = HashCode.Combine(hash, operand is Constant constant ? constant.Bits : ((Register)operand).Id);
        return hash;
    }

    private static bool IsSame(Value a, Value b) =>
        ReferenceEquals(a, b) || a is Constant x && b is Constant y && x.Type == y.Type && x.Bits == y.Bits;
}
