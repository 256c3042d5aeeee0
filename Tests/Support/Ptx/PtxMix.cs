using System.Globalization;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>What sorts of instructions run, and how many bytes they move.</summary>
/// <remarks>Moves are left out, as the assembler makes none of most.</remarks>
/// <param name="instructions">The instructions, and how often each runs.</param>
public sealed class PtxMix(IEnumerable<(PtxInstruction Instruction, long Runs)> instructions)
{
    private static readonly string[] NoIntegers = ["ld", "st", "cp", "atom", "red", "bra", "bar", "ret", "shfl", "mma"];

    private readonly (PtxInstruction Instruction, long Runs)[] body = [.. instructions.Where(static pair => pair.Instruction.Opcode != "mov")];

    /// <summary>The instructions that run.</summary>
    public long Total => Sum(static _ => true);

    /// <summary>The products that are added up.</summary>
    public long MultiplyAdds => body.Sum(static pair => pair.Runs * MultiplyAddsOf(pair.Instruction));

    /// <summary>How many instructions have one of these opcodes.</summary>
    public long Opcodes(params string[] opcodes) => Sum(i => opcodes.Contains(i.Opcode));

    /// <summary>How many instructions have this opcode and one of these modifiers.</summary>
    public long Count(string opcode, params string[] modifiers) => Sum(i => i.Opcode == opcode && i.Modifiers.Intersect(modifiers).Any());

    /// <summary>The bytes that move from and to a state space.</summary>
    public long Bytes(string space) => body.Where(pair => pair.Instruction.Modifiers.Contains(space)).Sum(static pair => pair.Runs * BytesOf(pair.Instruction));

    /// <summary>
    /// Columns of a table: shares of fused products, loads, integer arithmetic and branches, in percent; the numbers of a load; the bytes of
    /// global and of shared memory for each product.
    /// </summary>
    public override string ToString()
    {
        var (loads, numbers) = (Opcodes("ld"), body.Where(static pair => pair.Instruction.Opcode == "ld").Sum(static pair => pair.Runs * Width(pair.Instruction)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Share(Opcodes("fma", "mma"))} | {Share(loads)} | {Share(Sum(IsInteger))} | {Share(Opcodes("bra"))} "
            + $"| {(loads == 0 ? 0 : numbers / (double)loads):0.0} | {PerMultiplyAdd("global")} | {PerMultiplyAdd("shared")}");
    }

    private static long MultiplyAddsOf(PtxInstruction i) => i.Opcode switch
    {
        "fma" => 1,
        // A warp's 16 · 8 · k, shared among its items.
        "mma" => 4 * int.Parse(i.Modifiers[2].AsSpan(i.Modifiers[2].IndexOf('k') + 1), CultureInfo.InvariantCulture),
        _ => 0,
    };

    private static long BytesOf(PtxInstruction i) => i switch
    {
        { Opcode: "ld" or "st" or "atom" or "red" } => Width(i) * PtxType.Parse(i.Modifiers[^1])!.Value.Bytes,
        { Opcode: "cp", Operands.Length: > 2 } => int.Parse(i.Operands[2], CultureInfo.InvariantCulture),
        _ => 0,
    };

    private static int Width(PtxInstruction i) => i.Modifiers.Contains("v4") ? 4 : i.Modifiers.Contains("v2") ? 2 : 1;

    private static bool IsInteger(PtxInstruction i) =>
        !NoIntegers.Contains(i.Opcode) && i.Modifiers.Length > 0 && i.Modifiers[^1] is [not 'f', ..];

    private long Sum(Func<PtxInstruction, bool> counts) => body.Where(pair => counts(pair.Instruction)).Sum(static pair => pair.Runs);

    private string Share(long count) => (100.0 * count / Total).ToString("0", CultureInfo.InvariantCulture);

    private string PerMultiplyAdd(string space) =>
        MultiplyAdds == 0 ? "" : ((double)Bytes(space) / MultiplyAdds).ToString("0.00", CultureInfo.InvariantCulture);
}
