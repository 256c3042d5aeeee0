using System.Text;

namespace GpuKeras.Utilities;

/// <summary>Keras' string identifiers: snake_case names, and what was probably meant by an unknown one.</summary>
public static class Identifiers
{
    /// <summary>The snake_case form of a class name, as Keras names layers: <c>ReLU</c> → <c>re_lu</c>, <c>Conv2DTranspose</c> → <c>conv2d_transpose</c>.</summary>
    public static string ToSnakeCase(string className)
    {
        ArgumentNullException.ThrowIfNull(className);
        // Keras: an underscore before a capital that starts a lower-case run, and between a lower-case letter or digit and a capital.
        var withoutSymbols = string.Concat(className.Where(char.IsLetterOrDigit));
        var first = new StringBuilder();
        for (var i = 0; i < withoutSymbols.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(withoutSymbols[i]) && i + 1 < withoutSymbols.Length && char.IsLower(withoutSymbols[i + 1]);
            if (startsWord)
                first.Append('_');
            first.Append(withoutSymbols[i]);
        }
        var second = new StringBuilder();
        for (var i = 0; i < first.Length; i++)
        {
            if (i > 0 && char.IsUpper(first[i]) && char.IsLower(first[i - 1]))
                second.Append('_');
            second.Append(first[i]);
        }
        return second.ToString().ToLowerInvariant();
    }

    /// <summary>The PascalCase form of a snake_case or camelCase name: <c>kernel_size</c> → <c>KernelSize</c>.</summary>
    public static string ToPascalCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    /// <summary>An error for an unknown identifier that suggests the nearest known one.</summary>
    /// <param name="kind">What was looked up, such as <c>loss</c>.</param>
    /// <param name="identifier">What came.</param>
    /// <param name="known">The identifiers that there are.</param>
    public static ArgumentException Unknown(string kind, string identifier, IEnumerable<string> known)
    {
        var candidates = known.Distinct().Order(StringComparer.Ordinal).ToList();
        // Of a class name and a function name that are as near, the one in the same case as what came.
        var nearest = candidates.MinBy(candidate => (Distance(identifier, candidate), char.IsUpper(candidate[0]) != identifier.Any(char.IsUpper)));
        var hint = nearest is not null && Distance(identifier, nearest) <= Math.Max(2, identifier.Length / 3)
            ? $"did you mean '{nearest}'?"
            : $"known are {string.Join(", ", candidates)}.";
        return new ArgumentException($"Could not interpret {kind} identifier: '{identifier}'. Hint: {hint}");
    }

    /// <summary>How many edits lead from one string to the other: letters left out, added, replaced, or two neighbours swapped.</summary>
    /// <remarks>Damerau's distance, with no edit within another's letters. Upper and lower case are the same.</remarks>
    internal static int Distance(string a, string b)
    {
        (a, b) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        int[] row = [.. Enumerable.Range(0, b.Length + 1)], previous = new int[b.Length + 1], next = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                next[j] = Math.Min(substitution, Math.Min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    next[j] = Math.Min(next[j], previous[j - 2] + 1);
            }
            (previous, row, next) = (row, next, previous);
        }
        return row[^1];
    }
}
