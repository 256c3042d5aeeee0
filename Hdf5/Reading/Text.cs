using System.Text;

namespace GpuKeras.Hdf5.Reading;

/// <summary>Turns bytes into text, and refuses what is none.</summary>
internal static class Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8.</summary>
    public static string Decode(FileView file, ReadOnlySpan<byte> bytes, long address)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw file.Error(address, $"a text is not UTF-8 ({error.Message.TrimEnd('.')})", inner: error);
        }
    }

    /// <summary>Decodes the name of a link or attribute, which may end with a zero.</summary>
    public static string Name(FileView file, ReadOnlySpan<byte> bytes, long address)
    {
        if (bytes is [.., 0])
            bytes = bytes[..^1];
        if (bytes.Length > file.Limits.MaxNameBytes)
            throw file.Error(address, $"a name of {bytes.Length} bytes is too long; at most {file.Limits.MaxNameBytes} are read");
        if (bytes.IsEmpty || bytes.Contains((byte)0))
            throw file.Error(address, "a name must have characters, and no zero among them");
        return Decode(file, bytes, address);
    }

    /// <summary>The characters of a fixed string without its padding.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes, StringPadding padding)
    {
        if (padding == StringPadding.Spaces)
            return bytes.TrimEnd((byte)' ');
        var end = padding == StringPadding.Zeros ? bytes.TrimEnd((byte)0).Length : bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }
}
