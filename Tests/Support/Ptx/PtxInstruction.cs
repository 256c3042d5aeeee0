namespace GpuKeras.Tests.Support.Ptx;

/// <summary>One instruction as written.</summary>
/// <param name="Line">Its line in the text.</param>
/// <param name="Text">All of it.</param>
/// <param name="Guard">The predicate's register, or null.</param>
/// <param name="Negated">Whether it runs where the predicate is false.</param>
/// <param name="Opcode">The name before the first dot.</param>
/// <param name="Modifiers">The names after it.</param>
/// <param name="Operands">The operands, split at the outer commas and at the bar of <c>d|p</c>.</param>
public sealed record PtxInstruction(
    int Line, string Text, string? Guard, bool Negated, string Opcode, string[] Modifiers, string[] Operands)
{
    /// <summary>Splits an instruction's text.</summary>
    public static PtxInstruction Parse(int line, string text)
    {
        var rest = text;
        string? guard = null;
        var negated = false;
        if (rest[0] == '@')
        {
            var end = rest.IndexOfAny([' ', '\t', '\n']);
            negated = rest[1] == '!';
            guard = rest[(negated ? 2 : 1)..end];
            rest = rest[end..].Trim();
        }
        var space = rest.IndexOfAny([' ', '\t', '\n']);
        var names = (space < 0 ? rest : rest[..space]).Split('.');
        return new(line, text, guard, negated, names[0], names[1..], space < 0 ? [] : [.. Split(rest[space..])]);
    }

    /// <summary>Parts between commas outside of brackets and braces.</summary>
    public static IEnumerable<string> Split(string operands)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < operands.Length; i++)
        {
            depth += operands[i] is '[' or '{' ? 1 : operands[i] is ']' or '}' ? -1 : 0;
            if (depth != 0 || operands[i] is not (',' or '|'))
                continue;
            yield return operands[start..i].Trim();
            start = i + 1;
        }
        yield return operands[start..].Trim();
    }

    public override string ToString() => $"line {Line}: {Text}";
}
