namespace GpuKeras.Compilation;

/// <summary>
/// A relation. Of integers it is signed unless <see cref="Instruction.Unsigned"/>. Of floating-point numbers Equal is false and NotEqual
/// true with NaN; the others are false with NaN, or true (unordered) where the instruction is Unsigned.
/// </summary>
internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
