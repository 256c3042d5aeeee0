using System.Text;

namespace GpuKeras;

/// <summary>A table in box-drawing characters, laid out as Keras' summary: fixed column shares, words wrapped, long ones cut.</summary>
internal sealed class SummaryTable
{
    private const int Padding = 1;
    private const int LeastColumn = 4;

    private readonly IReadOnlyList<SummaryColumn> columns;
    private readonly int[] widths;
    private readonly List<IReadOnlyList<string>> rows = [];

    /// <exception cref="ArgumentOutOfRangeException">A column would be too narrow.</exception>
    public SummaryTable(IReadOnlyList<SummaryColumn> columns, int lineLength)
    {
        this.columns = columns;
        widths = new int[columns.Count];
        var start = 0;
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = (int)(columns[i].End * lineLength) - start;
            if (widths[i] < LeastColumn)
                throw new ArgumentOutOfRangeException(
                    nameof(lineLength), $"Summary: the line is too short for its {columns.Count} columns; got lineLength {lineLength}");
            start += widths[i];
        }
        FitBorders(lineLength);
    }

    public void Add(IReadOnlyList<string> fields) => rows.Add(fields);

    public IEnumerable<string> Lines()
    {
        yield return Rule('┏', '━', '┳', '┓');
        foreach (var line in RowLines([.. columns.Select(static column => column.Title)], '┃'))
            yield return line;
        yield return Rule('┡', '━', '╇', '┩');
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
                yield return Rule('├', '─', '┼', '┤');
            foreach (var line in RowLines(rows[i], '│'))
                yield return line;
        }
        yield return Rule('└', '─', '┴', '┘');
    }

    // The shares leave no room for padding and borders: every column gives up an equal part, remainders to the later ones.
    private void FitBorders(int lineLength)
    {
        var borders = widths.Length + 1;
        for (var i = 0; i < widths.Length; i++)
            widths[i] += 2 * Padding;
        var excess = widths.Sum() - (lineLength - borders);
        for (var i = 0; i < widths.Length; i++)
        {
            var part = (int)Math.Round((double)excess / (widths.Length - i));
            widths[i] -= part;
            excess -= part;
        }
    }

    private string Rule(char left, char line, char between, char right) =>
        left + string.Join(between, widths.Select(width => new string(line, width))) + right;

    private IEnumerable<string> RowLines(IReadOnlyList<string> fields, char border)
    {
        var cells = new List<List<string>>();
        for (var i = 0; i < widths.Length; i++)
            cells.Add(Wrap(fields[i], widths[i] - 2 * Padding));
        for (var line = 0; line < cells.Max(static cell => cell.Count); line++)
        {
            var text = new StringBuilder().Append(border);
            for (var i = 0; i < widths.Length; i++)
                text.Append(' ', Padding)
                    .Append(Align(line < cells[i].Count ? cells[i][line] : "", widths[i] - 2 * Padding, columns[i].Alignment))
                    .Append(' ', Padding)
                    .Append(border);
            yield return text.ToString();
        }
    }

    // Breaks at spaces; leading ones are an indent and stay with the first word.
    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var indent = text.Length - text.AsSpan().TrimStart().Length;
        var words = text[indent..].Split(' ');
        var line = text[..indent] + words[0];
        foreach (var word in words.AsSpan(1))
        {
            if (line.Length + 1 + word.Length <= width)
            {
                line += " " + word;
                continue;
            }
            lines.Add(Cut(line, width));
            line = word;
        }
        lines.Add(Cut(line, width));
        return lines;
    }

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..(width - 1)] + "…";

    private static string Align(string text, int width, ColumnAlignment alignment) => alignment switch
    {
        ColumnAlignment.Left => text.PadRight(width),
        ColumnAlignment.Right => text.PadLeft(width),
        _ => text.PadLeft(text.Length + (width - text.Length) / 2).PadRight(width),
    };
}
