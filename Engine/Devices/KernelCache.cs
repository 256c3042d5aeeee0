using System.Security.Cryptography;
using System.Text;

namespace GpuKeras;

/// <summary>What was compiled or measured for a device before, kept in files under <c>GPUKERAS_CACHE</c>.</summary>
/// <remarks>
/// An entry is a file of its own: the checksum of its contents, then these. An entry whose checksum is wrong counts as absent.
/// A folder that cannot be written is no error: everything is compiled again.
/// </remarks>
/// <param name="folder">Where the files are; made when it is first written.</param>
internal sealed class KernelCache(string folder)
{
    /// <summary>The cache that all devices share.</summary>
    public static KernelCache Shared { get; } = new(EngineOptions.CacheFolder);

    /// <summary>The key of an entry: all that its contents depend on.</summary>
    public static string Key(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>An entry's contents; null if there is none, or a damaged one.</summary>
    public byte[]? Read(string key)
    {
        try
        {
            var file = File.ReadAllBytes(PathOf(key));
            return file.Length > SHA256.HashSizeInBytes
                && SHA256.HashData(file.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes))
                ? file[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an entry.</summary>
    public void Write(string key, ReadOnlySpan<byte> contents)
    {
        var path = PathOf(key);
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(path, SHA256.HashData(contents), contents);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (EngineOptions.Debug >= 1)
                Console.Error.WriteLine($"cache: {exception.Message}");
        }
    }

    /// <summary>The file of an entry.</summary>
    internal string PathOf(string key) => Path.Combine(folder, key);
}
