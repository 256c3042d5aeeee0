using System.Globalization;

namespace GpuKeras.Saving;

/// <summary>The Python dictionary in the head of a NumPy array file, such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }</c>.</summary>
internal sealed class NpyDictionary
{
    private readonly string file;
    private readonly string text;
    private int at;

    private NpyDictionary(string file, string text) => (this.file, this.text) = (file, text);

    /// <summary>NumPy's name of the element type, such as <c>&lt;f4</c>.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Whether the first axis is the contiguous one.</summary>
    public bool IsFortranOrder { get; private set; }

    /// <summary>The sizes of the axes.</summary>
    public long[] Sizes { get; private set; } = [];

    /// <summary>Reads exactly the three entries of the format, in any order.</summary>
    /// <exception cref="FileFormatException">Something else is there.</exception>
    public static NpyDictionary Parse(string file, string text)
    {
        var dictionary = new NpyDictionary(file, text);
        dictionary.ReadDictionary();
        return dictionary;
    }

    private void ReadDictionary()
    {
        var missing = new HashSet<string> { "descr", "fortran_order", "shape" };
        Expect('{');
        while (!Accept('}'))
        {
            var key = ReadString();
            Expect(':');
            if (!missing.Remove(key))
                throw Malformed($"the entry '{key}' is unknown or comes twice");
            switch (key)
            {
                case "descr": Description = ReadDescription(); break;
                case "fortran_order": IsFortranOrder = ReadBool(); break;
                default: Sizes = ReadTuple(); break;
            }
            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }
        SkipSpace();
        if (at < text.Length)
            throw Malformed("there is something after the closing brace");
        if (missing.Count > 0)
            throw Malformed($"the entry '{missing.Order().First()}' is missing");
    }

    private string ReadDescription()
    {
        SkipSpace();
        if (at < text.Length && text[at] is '[' or '(')
            throw new FileFormatException(file, "the elements are records, which a tensor cannot hold", "save each field as an array of its own");
        return ReadString();
    }

    private string ReadString()
    {
        SkipSpace();
        var quote = at < text.Length ? text[at] : ' ';
        var end = quote is '\'' or '"' ? text.IndexOf(quote, at + 1) : -1;
        if (end < 0)
            throw Malformed("a string is expected");
        var value = text[(at + 1)..end];
        at = end + 1;
        return value;
    }

    private bool ReadBool()
    {
        SkipSpace();
        foreach (var value in (ReadOnlySpan<bool>)[true, false])
        {
            var name = value ? "True" : "False";
            if (string.CompareOrdinal(text, at, name, 0, name.Length) == 0)
            {
                at += name.Length;
                return value;
            }
        }
        throw Malformed("True or False is expected");
    }

    private long[] ReadTuple()
    {
        var values = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            values.Add(ReadInteger());
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }
        return [.. values];
    }

    private long ReadInteger()
    {
        SkipSpace();
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (!long.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            throw Malformed("a size is expected");
        // Python 2 wrote long integers with this suffix.
        if (at < text.Length && text[at] == 'L')
            at++;
        return value;
    }

    private void Expect(char wanted)
    {
        if (!Accept(wanted))
            throw Malformed($"'{wanted}' is expected");
    }

    private bool Accept(char wanted)
    {
        SkipSpace();
        if (at >= text.Length || text[at] != wanted)
            return false;
        at++;
        return true;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\t')
            at++;
    }

    private FileFormatException Malformed(string problem) => new(file, $"the header of the array is corrupt at character {at}: {problem}");
}
