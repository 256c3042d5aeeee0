using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A PTX module with one kernel, split into its parts; <see cref="PtxProgram"/> gives them a meaning.</summary>
/// <remarks>
/// <c>.version</c>, <c>.target</c>, <c>.address_size 64</c>; <c>.const</c> arrays with values; one <c>.visible .entry</c> with scalar
/// parameters and <c>.b8</c> arrays; in it <c>.reg</c>, <c>.shared</c> and <c>.local</c> arrays, labels and instructions. An
/// <c>.extern .shared</c> array gets all that a group can have. No nested scopes, no functions.
/// </remarks>
public sealed partial class PtxText
{
    // Between arrays, so that an index beyond one does not end up in the next.
    private const int Gap = 256;

    private const int MostShared = 227 << 10;
    private const int MostStaticShared = 48 << 10;
    private const int MostItems = 1024;

    // Before PTX 8.1.
    private const int MostParameterBytes = 4352;

    private readonly Dictionary<string, int> sizes = [];
    private readonly Dictionary<string, int> declared = [];
    private readonly HashSet<string> names = [];

    /// <summary>Splits a module.</summary>
    public PtxText(string text)
    {
        var foreign = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        if (foreign >= 0)
            throw new PtxException($"line {LineOf(text, foreign)}: '{text[foreign]}' is not of ASCII, which comments must be too");
        text = Comment().Replace(text, static match => new string('\n', match.Value.Count(static c => c == '\n')));
        var header = Header().Match(text);
        if (!header.Success)
            throw new PtxException("the text must start with .version, .target sm_NN and .address_size 64");
        Version = Version.Parse(header.Groups[1].Value);
        Target = int.Parse(header.Groups[2].Value, CultureInfo.InvariantCulture);
        CheckVersion();
        var entry = Entry().Match(text, header.Length);
        if (!entry.Success)
            throw new PtxException("the module has no .visible .entry");
        Name = New(entry.Groups[1].Value, "kernel");
        MaxGroupSize = ReadDirectives(entry.Groups[3].Value.Trim());
        foreach (var parameter in PtxInstruction.Split(entry.Groups[2].Value).Where(static part => part.Length > 0))
            AddParameter(parameter);
        Statements(text[header.Length..entry.Index], LineOf(text, header.Length));
        var end = text.LastIndexOf('}');
        if (text[(end + 1)..].Trim().Length > 0)
            throw new PtxException($"text after the kernel: {text[(end + 1)..].Trim()}");
        var body = entry.Index + entry.Length;
        Statements(text[body..end], LineOf(text, body));
    }

    public Version Version { get; }

    /// <summary>The compute capability times ten.</summary>
    public int Target { get; }

    public string Name { get; }

    /// <summary>The most items of a group that the kernel may be launched with (<c>.maxntid</c>).</summary>
    public int MaxGroupSize { get; }

    public List<PtxParameter> Parameters { get; } = [];

    public Dictionary<string, PtxType> Registers { get; } = [];

    public Dictionary<string, PtxVariable> Variables { get; } = [];

    public List<PtxInstruction> Instructions { get; } = [];

    /// <summary>The number of the instruction that follows each label.</summary>
    public Dictionary<string, int> Labels { get; } = [];

    /// <summary>The size of a state space in bytes.</summary>
    public int Size(string space) => sizes.GetValueOrDefault(space);

    private static int ReadDirectives(string text)
    {
        if (text.Length == 0)
            return MostItems;
        var match = MaxItems().Match(text);
        if (!match.Success)
            throw new PtxException($"unknown directive of the kernel: {text}");
        return int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var items) && items is >= 1 and <= MostItems
            ? items
            : throw new PtxException($"a group has 1 to {MostItems} items; got {text}");
    }

    private static int LineOf(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');

    private void CheckVersion()
    {
        var needed = Target switch
        {
            <= 70 => new Version(6, 0),
            <= 75 => new Version(6, 3),
            <= 80 => new Version(7, 0),
            <= 86 => new Version(7, 1),
            <= 90 => new Version(7, 8),
            _ => throw new PtxException($"target sm_{Target}: the highest that is emitted is sm_90"),
        };
        if (Version < needed)
            throw new PtxException($"target sm_{Target} needs .version {needed}; got {Version}");
    }

    private void Statements(string text, int line)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (';' or ':'))
                continue;
            var part = text[start..i];
            var content = part.Trim();
            var at = line + part.AsSpan(0, part.Length - part.TrimStart().Length).Count('\n');
            if (text[i] == ':')
                AddLabel(content, at);
            else if (content.Length > 0)
                AddStatement(content, at);
            line += part.AsSpan().Count('\n');
            start = i + 1;
        }
        if (text[start..].Trim().Length > 0)
            throw new PtxException($"line {line}: a statement without a semicolon: {text[start..].Trim()}");
    }

    private void AddLabel(string name, int line)
    {
        Labels.Add(New(name, $"line {line}: label"), Instructions.Count);
    }

    private void AddStatement(string text, int line)
    {
        if (text.StartsWith(".reg", StringComparison.Ordinal))
            AddRegisters(text, line);
        else if (text.StartsWith(".pragma", StringComparison.Ordinal))
            return;
        else if (text[0] == '.')
            AddVariable(text, line);
        else
            Instructions.Add(PtxInstruction.Parse(line, text));
    }

    private void AddParameter(string text)
    {
        var match = Parameter().Match(text);
        if (!match.Success || PtxType.Parse(match.Groups[2].Value) is not { IsDeclared: true, Bits: >= 8 } type)
            throw new PtxException($"parameter: must be such as .param .u64 name or .param .align 8 .b8 name[16]; got {text}");
        var alignment = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : type.Bytes;
        var count = match.Groups[4].Success ? int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture) : 1;
        Place("param", match.Groups[3].Value, alignment, count * type.Bytes, null);
        Count("param", alignment, count * type.Bytes, MostParameterBytes);
        Parameters.Add(new(match.Groups[3].Value, type, Variables[match.Groups[3].Value]));
    }

    private void AddRegisters(string text, int line)
    {
        var match = Register().Match(text);
        if (!match.Success || PtxType.Parse(match.Groups[1].Value) is not { IsDeclared: true } type || type.Bits == 8)
            throw new PtxException($"line {line}: not a declaration of registers: {text}");
        foreach (var part in PtxInstruction.Split(match.Groups[2].Value))
        {
            var range = RegisterRange().Match(part);
            var numbered = range.Groups[2].Success
                ? Enumerable.Range(0, int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture)).Select(i => range.Groups[1].Value + i)
                : [part];
            foreach (var name in numbered)
                Registers.Add(New(range.Success ? name : "", $"line {line}: register {part}"), type);
        }
    }

    private void AddVariable(string text, int line)
    {
        var match = Variable().Match(text);
        if (!match.Success || PtxType.Parse(match.Groups[3].Value) is not { IsDeclared: true, Bits: >= 8 } type)
            throw new PtxException($"line {line}: unknown directive: {text}");
        var space = match.Groups[1].Value;
        var alignment = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : type.Bytes;
        var bytes = match.Groups[5].Length > 0 ? int.Parse(match.Groups[5].Value, CultureInfo.InvariantCulture) * type.Bytes : MostShared;
        if (match.Groups[5].Length == 0 != text.StartsWith(".extern", StringComparison.Ordinal))
            throw new PtxException($"line {line}: .extern, and only that, has no size");
        var values = match.Groups[6].Success
            ? PtxInstruction.Split(match.Groups[6].Value).SelectMany(value => Constant(value, type, line)).ToArray()
            : null;
        if (values is not null && values.Length != bytes)
            throw new PtxException($"line {line}: {bytes} bytes must be given; got {values.Length}");
        Place(space, match.Groups[4].Value, alignment, bytes, values);
        if (space == "shared" && match.Groups[5].Length > 0)
            Count(space, alignment, bytes, MostStaticShared);
    }

    private void Place(string space, string name, int alignment, int bytes, byte[]? values)
    {
        if (!int.IsPow2(alignment))
            throw new PtxException($"{name}: an alignment is a power of two; got {alignment}");
        var address = (Size(space) + Gap + alignment - 1) / alignment * alignment;
        sizes[space] = address + bytes + Gap;
        Variables.Add(New(name, $".{space} variable"), new(name, space, address, bytes, values));
    }

    // What the launch sizes does not count.
    private void Count(string space, int alignment, int bytes, int most)
    {
        var start = (declared.GetValueOrDefault(space) + alignment - 1) / alignment * alignment;
        declared[space] = start + bytes;
        if (start + bytes > most)
            throw new PtxException($".{space} memory: at most {most} bytes can be declared; got {start + bytes}");
    }

    private string New(string name, string what) => PtxNames.IsFree(name) && names.Add(name)
        ? name
        : throw new PtxException($"{what} {name}: must be a new identifier that is no keyword");

    private static byte[] Constant(string text, PtxType type, int line) =>
        PtxSlots.TryConstant(text, type, out var value)
            ? BitConverter.GetBytes(value)[..type.Bytes]
            : throw new PtxException($"line {line}: {text} is not a constant of type {type}");

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\A\s*\.version\s+(\d+\.\d+)\s*\n\s*\.target\s+sm_(\d+)\s*\n\s*\.address_size\s+64\s*\n")]
    private static partial Regex Header();

    [GeneratedRegex(@"\.visible\s+\.entry\s+(\w+)\s*\(([^)]*)\)([^{]*)\{")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\A\.maxntid\s+(\d+)\z")]
    private static partial Regex MaxItems();

    [GeneratedRegex(@"\A\.param\s+(?:\.align\s+(\d+)\s+)?\.(\w+)\s+(\w+)(?:\[(\d+)\])?\z")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\A\.reg\s+\.(\w+)\s+(.*)\z", RegexOptions.Singleline)]
    private static partial Regex Register();

    [GeneratedRegex(@"\A(%[A-Za-z]\w*?)(?:<(\d+)>)?\z")]
    private static partial Regex RegisterRange();

    [GeneratedRegex(@"\A(?:\.extern\s+)?\.(shared|local|const)\s+(?:\.align\s+(\d+)\s+)?\.(\w+)\s+(\w+)\[(\d*)\](?:\s*=\s*\{([^}]*)\})?\z")]
    private static partial Regex Variable();
}
