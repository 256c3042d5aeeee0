using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>One legal form of an instruction, in the notation of the PTX manual, made shorter.</summary>
/// <remarks>
/// The form is the opcode and its modifiers in order: <c>rn|rz</c> is a choice, <c>v2|v4?</c> may be absent, a capital letter is a set of
/// types (<see cref="Sets"/>). The operands are separated by spaces:
/// <list type="table">
/// <item><term><c>d</c></term><description>a register that is written</description></item>
/// <item><term><c>r</c></term><description>a register that is read</description></item>
/// <item><term><c>a</c></term><description>a register or constant</description></item>
/// <item><term><c>m</c></term><description>a register, constant, special register or variable, whose address it means</description></item>
/// <item><term><c>n=4|8</c></term><description>one of these constants; <c>n</c> alone is any</description></item>
/// <item><term><c>[shared]</c></term><description>an address in that state space; <c>[]</c> in the one that a modifier names</description></item>
/// <item><term><c>label</c></term><description>a label</description></item>
/// </list>
/// A register has the instruction's type: <c>d</c> the first that it names, others the last. <c>2</c> makes that twice as wide,
/// <c>:u32</c> says another, <c>+</c> lets an integer register be wider, <c>*4</c> asks for four of them in braces, <c>*v</c> for as many
/// as a modifier says. A last operand with <c>?</c> may be absent.
/// </remarks>
internal sealed partial class PtxRule
{
    private static readonly Dictionary<string, string> Sets = new()
    {
        ["U"] = "u16|u32|u64",
        ["S"] = "s16|s32|s64",
        ["I"] = "u16|u32|u64|s16|s32|s64",
        ["W"] = "u16|u32|s16|s32",
        ["J"] = "u8|u16|u32|u64|s8|s16|s32|s64",
        ["B"] = "b16|b32|b64",
        ["C"] = "b32|b64",
        ["L"] = "pred|b16|b32|b64",
        ["F"] = "f32|f64",
        ["H"] = "f16|f32|f64",
        ["A"] = "b16|b32|b64|u16|u32|u64|s16|s32|s64|f32|f64",
        ["M"] = "b8|b16|b32|b64|u8|u16|u32|u64|s8|s16|s32|s64|f32|f64",
    };

    private readonly string form;
    private readonly string[][] modifiers;
    private readonly Match[] operands;
    private readonly Version version;
    private readonly int target;

    /// <summary>Reads a rule.</summary>
    /// <param name="form">The opcodes and modifiers.</param>
    /// <param name="operands">The operands.</param>
    /// <param name="target">The least target, as compute capability times ten.</param>
    /// <param name="version">The least PTX version.</param>
    public PtxRule(string form, string operands = "", int target = 10, string version = "1.0")
    {
        var parts = form.Split('.');
        this.form = form;
        (this.target, this.version, Opcodes) = (target, Version.Parse(version), parts[0].Split('|'));
        modifiers = Array.ConvertAll(parts[1..], static part => part.TrimEnd('?').Split('|').SelectMany(Expand).Concat(part[^1] == '?' ? [""] : []).ToArray());
        this.operands = Array.ConvertAll(operands.Split(' ', StringSplitOptions.RemoveEmptyEntries), static operand => Operand().Match(operand));
        if (Array.Exists(this.operands, static operand => !operand.Success))
            throw new ArgumentException($"operands: unknown notation: {operands}", nameof(operands));
    }

    /// <summary>The names before the first dot.</summary>
    public string[] Opcodes { get; }

    /// <summary>Whether an instruction has the modifiers of this form.</summary>
    public bool Fits(PtxInstruction instruction) => Chosen(instruction) is not null;

    /// <summary>What is wrong with an instruction of this form, or null.</summary>
    public string? Problem(PtxInstruction instruction, PtxText text)
    {
        if (text.Target < target || text.Version < version)
            return $"needs .version {version} and sm_{target}; the module says {text.Version} and sm_{text.Target}";
        var least = operands.Count(static operand => !operand.Groups["optional"].Success);
        var given = instruction.Operands;
        if (given.Length < least || given.Length > operands.Length)
            return $"needs {least}{(least < operands.Length ? $" or {operands.Length}" : "")} operands; got {given.Length}";
        var chosen = Chosen(instruction)!;
        return given.Select((operand, i) => Problem(operand, operands[i], chosen, text)).FirstOrDefault(static problem => problem is not null);
    }

    public override string ToString() => form;

    private static IEnumerable<string> Expand(string name) => Sets.TryGetValue(name, out var set) ? set.Split('|') : [name];

    // The modifiers as the rule has them, with an empty one for each that is absent; null where they differ.
    private List<string>? Chosen(PtxInstruction instruction)
    {
        var (chosen, next) = (new List<string>(), 0);
        foreach (var choices in modifiers)
        {
            var given = next < instruction.Modifiers.Length ? instruction.Modifiers[next] : "";
            if (given.Length > 0 && choices.Contains(given))
                next++;
            else if (choices[^1].Length == 0)
                given = "";
            else
                return null;
            chosen.Add(given);
        }
        return next == instruction.Modifiers.Length ? chosen : null;
    }

    private static string? Problem(string given, Match rule, List<string> chosen, PtxText text)
    {
        var role = rule.Groups["role"].Value;
        if (role == "label")
            return text.Labels.ContainsKey(given) ? null : $"label {given} is not there";
        if (role[0] == '[')
            return PtxOperands.ProblemOfAddress(given, role.Length > 2 ? role[1..^1] : chosen.Find(PtxOperands.IsSpace)!, text);
        if (role == "n")
            return ProblemOfConstant(given, rule.Groups["values"]);
        var type = Type(rule, role == "d" ? chosen : Enumerable.Reverse(chosen));
        var count = rule.Groups["count"].Value switch
        {
            "" => 1,
            "v" => chosen.Find(static name => name is "v2" or "v4") is { } vector ? vector[1] - '0' : 1,
            var digits => int.Parse(digits, CultureInfo.InvariantCulture),
        };
        var names = given[0] == '{' && count > 1 ? PtxInstruction.Split(given[1..^1]).ToArray() : [given];
        if (names.Length != count)
            return $"{given}: must be {count} registers";
        return names.Select(name => PtxOperands.Problem(name, type, role[0], rule.Groups["wider"].Success, text))
            .FirstOrDefault(static problem => problem is not null);
    }

    private static PtxType Type(Match rule, IEnumerable<string> names)
    {
        if (rule.Groups["type"].Success)
            return PtxType.Parse(rule.Groups["type"].Value)!.Value;
        var type = names.Where(static name => name.Length > 0).Select(PtxType.Parse).First(static type => type is not null)!.Value;
        return rule.Groups["twice"].Success ? type with { Bits = 2 * type.Bits } : type;
    }

    private static string? ProblemOfConstant(string given, Group values)
    {
        if (!PtxSlots.TryConstant(given, PtxType.U32, out _))
            return $"{given}: must be a constant";
        return !values.Success || values.Value.Split('|').Contains(given) ? null : $"{given}: must be one of {values.Value}";
    }

    [GeneratedRegex(@"\A(?<role>label|\[\w*\]|[dramn])(?<twice>2)?(:(?<type>\w+))?(?<wider>\+)?(\*(?<count>\d|v))?(=(?<values>[\d|]+))?(?<optional>\?)?\z")]
    private static partial Regex Operand();
}
