namespace GpuKeras.Utilities;

public static partial class Utils
{
    /// <summary>Brings sequences to one length by cutting and padding: <c>[sequences, maxLen]</c>.</summary>
    /// <param name="sequences">The sequences, of any lengths.</param>
    /// <param name="maxLen">The length; by default that of the longest sequence.</param>
    /// <param name="padding"><c>pre</c>: the value goes before the sequence (default); <c>post</c>: after it.</param>
    /// <param name="truncating"><c>pre</c>: the start of a long sequence is cut off (default); <c>post</c>: its end.</param>
    /// <param name="value">What short sequences are filled with.</param>
    /// <typeparam name="T">The element type; it gives the dtype of the result.</typeparam>
    /// <exception cref="ArgumentException"><paramref name="padding"/> or <paramref name="truncating"/> is something else.</exception>
    public static Tensor PadSequences<T>(
        IReadOnlyList<IReadOnlyList<T>> sequences, int? maxLen = null, string padding = "pre", string truncating = "pre", T value = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (maxLen is { } given)
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(maxLen));
        var (padBefore, cutStart) = (IsPre(padding, nameof(padding)), IsPre(truncating, nameof(truncating)));
        var length = maxLen ?? sequences.Select(static sequence => sequence.Count).DefaultIfEmpty().Max();
        var values = new T[checked(sequences.Count * length)];
        Array.Fill(values, value);
        for (var i = 0; i < sequences.Count; i++)
        {
            var sequence = sequences[i];
            var kept = Math.Min(sequence.Count, length);
            var from = cutStart ? sequence.Count - kept : 0;
            var to = i * length + (padBefore ? length - kept : 0);
            for (var j = 0; j < kept; j++)
                values[to + j] = sequence[from + j];
        }
        return Tensor.From(values, [sequences.Count, length]);
    }

    private static bool IsPre(string side, string name) => side switch
    {
        "pre" => true,
        "post" => false,
        _ => throw new ArgumentException($"PadSequences: {name} must be 'pre' or 'post'; got '{side}'", name),
    };
}
