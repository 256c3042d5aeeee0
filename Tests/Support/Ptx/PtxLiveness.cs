using System.Text.RegularExpressions;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>How many registers an item of a kernel needs, by what is alive at once.</summary>
/// <remarks>
/// An estimate: the driver's assembler schedules before it allocates. What is loaded from a fixed place among the parameters counts as
/// nothing, as instructions can read it there; nor do predicates, which have registers of their own.
/// </remarks>
public sealed partial class PtxLiveness
{
    /// <summary>The most registers that an item can have; what needs more is kept in memory.</summary>
    public const int MostRegisters = 255;

    // For the assembler's own use.
    private const int OwnRegisters = 10;

    private static readonly string[] WritesNone = ["st", "red", "bra", "bar", "cp", "ret", "exit"];

    private readonly PtxText text;
    private readonly HashSet<string> parameters;

    /// <summary>Follows the registers of a kernel.</summary>
    public PtxLiveness(PtxText text)
    {
        this.text = text;
        var writes = text.Instructions.SelectMany(Written, static (i, name) => (Name: name, Instruction: i)).ToLookup(static pair => pair.Name, static pair => pair.Instruction);
        parameters = [.. writes.Where(static pair => pair.Count() == 1 && IsParameter(pair.First())).Select(static pair => pair.Key)];
        Kept = FindKept();
        Registers = Peak() + OwnRegisters;
    }

    /// <summary>Whether the assembler keeps an instruction: it has an effect, or an instruction that is kept reads what it writes.</summary>
    public bool[] Kept { get; }

    /// <summary>The registers of 32 bits that an item needs, with a few for the assembler's own use; may be more than there are.</summary>
    public int Registers { get; }

    private static bool IsParameter(PtxInstruction i) => i is { Opcode: "ld", Guard: null } && i.Modifiers[0] == "param" && !i.Operands[1].StartsWith("[%", StringComparison.Ordinal);

    private bool[] FindKept()
    {
        var kept = text.Instructions.Select(i => i.Opcode is "atom" or "shfl" or "mma" || !Written(i).Any()).ToArray();
        var read = new HashSet<string>();
        for (var before = -1; before != read.Count;)
        {
            before = read.Count;
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] |= Written(text.Instructions[i]).Any(read.Contains);
                if (kept[i])
                    read.UnionWith(Read(text.Instructions[i]));
            }
        }
        return kept;
    }

    // Backward over the control flow until nothing changes.
    private int Peak()
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
        return alive.Max(live => live.Sum(Size));
    }

    private IEnumerable<string> Before(int i, HashSet<string>[] alive)
    {
        if (!Kept[i])
            return alive[i + 1];
        var instruction = text.Instructions[i];
        IEnumerable<string> after = instruction switch
        {
            { Opcode: "ret" or "exit" } => [],
            { Opcode: "bra", Guard: null } => alive[text.Labels[instruction.Operands[0]]],
            { Opcode: "bra" } => alive[text.Labels[instruction.Operands[0]]].Concat(alive[i + 1]),
            _ => alive[i + 1],
        };
        return after.Except(instruction.Guard is null ? Written(instruction) : []).Concat(Read(instruction));
    }

    private IEnumerable<string> Read(PtxInstruction i) =>
        i.Operands.Skip(WritesNone.Contains(i.Opcode) ? 0 : 1).SelectMany(Names).Concat(i.Guard is { } guard ? [guard] : []);

    private IEnumerable<string> Written(PtxInstruction i) => i.Operands.Length == 0 || WritesNone.Contains(i.Opcode) ? [] : Names(i.Operands[0]);

    private IEnumerable<string> Names(string operand) =>
        Register().Matches(operand).Select(static match => match.Value).Where(text.Registers.ContainsKey);

    private int Size(string register) =>
        text.Registers[register].Kind == PtxKind.Predicate || parameters.Contains(register) ? 0 : (text.Registers[register].Bits + 31) / 32;

    [GeneratedRegex(@"%\w+")]
    private static partial Regex Register();
}
