using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using NUnit.Framework;

namespace GpuKeras.Tests;

/// <summary>Reference tables computed with Keras, which lie beside the repository in <c>../shared/golden</c>.</summary>
/// <remarks>Reads NPY by hand, so that a fault in the product's reader cannot hide one in the values.</remarks>
public sealed class Golden : IDisposable
{
    private const int PrefixBytes = 10;

    private readonly ZipArchive arrays;

    private Golden(string name, string folder)
    {
        arrays = ZipFile.OpenRead(Path.Combine(folder, name + ".npz"));
        Cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name + ".json")));
    }

    /// <summary>The table's JSON part.</summary>
    public JsonDocument Cases { get; }

    /// <summary>Opens <c>tables/NAME.npz</c> and <c>.json</c>; without the folder the running test is ignored, with the reason.</summary>
    public static Golden Table(string name)
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var tables = Path.Combine(folder.FullName, "shared", "golden", "tables");
            if (File.Exists(Path.Combine(tables, name + ".npz")))
                return new Golden(name, tables);
        }
        throw new IgnoreException("The reference tables of ../shared/golden are not here.");
    }

    /// <summary>A float32 array, flattened.</summary>
    public float[] Floats(string key)
    {
        var entry = arrays.GetEntry(key + ".npy") ?? throw new KeyNotFoundException(key);
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(PrefixBytes - 2));
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(PrefixBytes + headerBytes)).ToArray();
    }

    public void Dispose()
    {
        arrays.Dispose();
        Cases.Dispose();
    }
}
