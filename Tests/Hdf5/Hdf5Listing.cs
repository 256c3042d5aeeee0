using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GpuKeras.Hdf5;

namespace GpuKeras.Tests.Hdf5;

/// <summary>Lists everything in a file as hdf5_reference.py does: a line for each group, dataset and attribute, with a digest of its data.</summary>
internal static class Hdf5Listing
{
    public static List<string> Of(string path)
    {
        using var file = Hdf5File.Open(path);
        return Of(file);
    }

    public static List<string> Of(Hdf5File file)
    {
        var lines = new List<string>();
        Add(lines, file.Root);
        return lines;
    }

    private static void Add(List<string> lines, Hdf5Object item)
    {
        if (item is Hdf5Dataset dataset)
            lines.Add($"{item.Path}: {Describe(dataset.Type, dataset.Shape, dataset.ReadStrings, () => BytesOf(dataset))}");
        else
            lines.Add($"{item.Path}: group");
        if (item is Hdf5Group group)
            foreach (var member in group.Members)
                Add(lines, member);
        foreach (var attribute in item.Attributes)
            lines.Add($"{item.Path}@{attribute.Name}: {Describe(attribute.Type, attribute.Shape, attribute.ReadStrings, attribute.Bytes.ToArray)}");
    }

    private static byte[] BytesOf(Hdf5Dataset dataset)
    {
        var bytes = new byte[dataset.ByteCount];
        dataset.Read(bytes);
        return bytes;
    }

    private static string Describe(Hdf5Type type, IReadOnlyList<long> shape, Func<string[]> strings, Func<byte[]> bytes)
    {
        var data = type.Kind is Hdf5Kind.FixedString or Hdf5Kind.VariableString ? Encoding.UTF8.GetBytes(string.Join('\0', strings())) : bytes();
        var digest = Convert.ToHexStringLower(SHA256.HashData(data))[..16];
        var order = type.IsBigEndian ? " big-endian" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{type}{order} [{string.Join(", ", shape)}] {digest}");
    }
}
