namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The loop of a kernel that computes most, and what it is made of: evidence of speed where there is no GPU to measure on.</summary>
/// <remarks>
/// Counts of PTX, before the driver's assembler moves what does not change out of loops and drops what nobody reads; of alternatives in the
/// loop, all count.
/// </remarks>
public sealed class PtxLoop
{
    /// <summary>Finds the loop; without one, the whole kernel.</summary>
    public PtxLoop(PtxText text)
    {
        var loops = Loops(text).ToList();
        var innermost = loops.Where(loop => !loops.Exists(other => other != loop && other.Start >= loop.Start && other.End <= loop.End));
        var (start, end) = innermost.DefaultIfEmpty((0, text.Instructions.Count))
            .MaxBy(loop => text.Instructions[loop.Item1..loop.Item2].Count(static i => i.Opcode is "fma" or "mma" or "mul" or "ld"));
        Mix = new PtxMix(text.Instructions[start..end].Select(static i => (i, 1L)));
    }

    /// <summary>The loop's instructions.</summary>
    public PtxMix Mix { get; }

    /// <summary>How many instructions have this name and one of these modifiers.</summary>
    public long Count(string opcode, params string[] modifiers) => Mix.Count(opcode, modifiers);

    /// <summary>What a failing test says of the loop.</summary>
    public override string ToString() => $"{Mix.Total} instructions: {Mix}";

    // A branch back.
    private static IEnumerable<(int Start, int End)> Loops(PtxText text)
    {
        for (var i = 0; i < text.Instructions.Count; i++)
        {
            if (text.Instructions[i] is { Opcode: "bra" } branch && text.Labels[branch.Operands[0]] <= i)
                yield return (text.Labels[branch.Operands[0]], i + 1);
        }
    }
}
