using System.Text;

namespace GpuKeras.Hdf5.Writing;

/// <summary>The order of names in a group: by their bytes in UTF-8, which is not that of UTF-16 for characters beyond the basic plane.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    /// <summary>The only one.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
}
