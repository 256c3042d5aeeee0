using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The loop of a kernel that computes most, and what it is made of: evidence of speed where there is no GPU to measure on.</summary>
/// <remarks>
/// Counts of PTX, before the driver's assembler moves what does not change out of loops and drops what nobody reads; moves are left out, as
/// they become none. Registers are those alive at once, in 32 bits, with a few for the assembler's own use.
/// </remarks>
public sealed partial class PtxLoop
{
    private const int OwnRegisters = 10;
    private const int RegistersPerMultiprocessor = 65536;
    private const int WarpsPerMultiprocessor = 64;
    private const int MostRegisters = 255;

    private readonly PtxText text;
    private readonly PtxInstruction[] body;

    /// <summary>Finds the loop; without one, the whole kernel.</summary>
    public PtxLoop(PtxText text)
    {
        this.text = text;
        var loops = Loops().ToList();
        var innermost = loops.Where(loop => !loops.Exists(other => other != loop && other.Start >= loop.Start && other.End <= loop.End));
        var (start, end) = innermost.DefaultIfEmpty((0, text.Instructions.Count))
            .MaxBy(loop => text.Instructions[loop.Item1..loop.Item2].Count(static i => i.Opcode is "fma" or "mma" or "mul" or "ld"));
        body = [.. text.Instructions[start..end].Where(static i => i.Opcode != "mov")];
        Registers = Math.Min(Peak(start, end) + OwnRegisters, MostRegisters);
    }

    /// <summary>An estimate of the registers of an item.</summary>
    public int Registers { get; }

    /// <summary>One line of figures.</summary>
    /// <param name="items">The items of a group.</param>
    public string Describe(int items)
    {
        var (fma, loads) = (Opcodes("fma", "mma"), body.Where(static i => i.Opcode == "ld").ToList());
        var widths = loads.Select(static i => i.Modifiers.Contains("v4") ? 4 : i.Modifiers.Contains("v2") ? 2 : 1).ToList();
        var warps = (items + PtxGroup.WarpSize - 1) / PtxGroup.WarpSize;
        // Registers are given out to warps in units of 256.
        var registersPerWarp = (Registers * PtxGroup.WarpSize + 255) / 256 * 256;
        var groups = Math.Min(RegistersPerMultiprocessor / (registersPerWarp * warps), WarpsPerMultiprocessor / warps);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{body.Length,5} instructions, fma {Share(fma)}, loads {Share(loads.Count)} ({(widths.Count == 0 ? 0 : widths.Average()):0.0} wide, "
            + $"{(fma == 0 ? 0 : loads.Count / (double)fma):0.00} a fma), integer {Share(body.Count(IsInteger))}, branches {Share(Opcodes("bra"))}; "
            + $"about {Registers} registers, occupancy {100 * groups * warps / WarpsPerMultiprocessor} % on sm_90");
    }

    /// <summary>How many instructions have this name and one of these modifiers.</summary>
    public int Count(string opcode, params string[] modifiers) =>
        body.Count(i => i.Opcode == opcode && i.Modifiers.Intersect(modifiers).Any());

    private static bool IsInteger(PtxInstruction i) =>
        i.Opcode is not ("ld" or "st" or "bra" or "bar") && i.Modifiers.Length > 0 && i.Modifiers[^1] is [not 'f', ..] and not ("tf32" or "bf16x2");

    private string Share(int count) => $"{100.0 * count / body.Length:0} %";

    private int Opcodes(params string[] opcodes) => body.Count(i => opcodes.Contains(i.Opcode));

    // A branch back.
    private IEnumerable<(int Start, int End)> Loops()
    {
        for (var i = 0; i < text.Instructions.Count; i++)
        {
            if (text.Instructions[i] is { Opcode: "bra" } branch && text.Labels[branch.Operands[0]] <= i)
                yield return (text.Labels[branch.Operands[0]], i + 1);
        }
    }

    // The most registers alive at once: backward over the control flow until nothing changes.
    private int Peak(int start, int end)
    {
        var alive = new HashSet<string>[text.Instructions.Count + 1];
        for (var i = 0; i < alive.Length; i++)
            alive[i] = [];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = text.Instructions.Count - 1; i >= 0; i--)
            {
                var before = alive[i].Count;
                alive[i].UnionWith(Before(i, alive));
                changed |= alive[i].Count != before;
            }
        }
        return Enumerable.Range(start, end - start).Max(i => alive[i].Sum(Size));
    }

    private IEnumerable<string> Before(int i, HashSet<string>[] alive)
    {
        var instruction = text.Instructions[i];
        IEnumerable<string> after = instruction switch
        {
            { Opcode: "ret" or "exit" } => [],
            { Opcode: "bra", Guard: null } => alive[text.Labels[instruction.Operands[0]]],
            { Opcode: "bra" } => alive[text.Labels[instruction.Operands[0]]].Concat(alive[i + 1]),
            _ => alive[i + 1],
        };
        var writes = instruction.Opcode is not ("st" or "red" or "bra" or "bar" or "cp" or "ret") && instruction.Operands.Length > 0;
        var written = writes && instruction.Guard is null ? Names(instruction.Operands[0]) : [];
        var read = instruction.Operands.Skip(writes ? 1 : 0).SelectMany(Names);
        if (instruction.Guard is { } guard)
            read = read.Append(guard);
        return after.Except(written).Concat(read);
    }

    private IEnumerable<string> Names(string operand) =>
        Register().Matches(operand).Select(static match => match.Value).Where(text.Registers.ContainsKey);

    private int Size(string register) => text.Registers[register] is { Kind: PtxKind.Predicate } ? 0 : (text.Registers[register].Bits + 31) / 32;

    [GeneratedRegex(@"%\w+")]
    private static partial Regex Register();
}
