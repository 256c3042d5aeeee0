using System.Buffers.Binary;
using System.Text;
using GpuKeras.Hdf5;
using GpuKeras.Hdf5.Reading;
using NUnit.Framework;

namespace GpuKeras.Tests.Hdf5;

/// <summary>A good file whose bytes a test changes.</summary>
internal sealed class CraftedFile(byte[] bytes)
{
    // What reading a small file takes, with room for its listing; a bomb takes more.
    private const long MostAllocatedBytes = 8 << 20;

    public byte[] Bytes { get; private set; } = bytes;

    /// <summary>A file that our writer makes.</summary>
    public static CraftedFile With(Action<Hdf5GroupBuilder> fill)
    {
        var root = new Hdf5GroupBuilder();
        fill(root);
        using var stream = new MemoryStream();
        Hdf5Writer.Write(stream, root);
        return new CraftedFile(stream.ToArray());
    }

    /// <summary>A file with one dataset "d" of floats.</summary>
    public static CraftedFile WithFloats(params long[] shape) => With(root => AddFloats(root, "d", shape));

    public static void AddFloats(Hdf5GroupBuilder group, string name, params long[] shape) =>
        group.AddDataset(name, Hdf5Type.Float32, shape, stream => stream.Write(new byte[4 * shape.Aggregate(1L, static (a, b) => a * b)]));

    /// <summary>Where the n-th block of a signature lies.</summary>
    public int Find(string signature, int index = 0)
    {
        var at = -1;
        for (var i = 0; i <= index; i++)
        {
            var next = Bytes.AsSpan(at + 1).IndexOf(Encoding.ASCII.GetBytes(signature));
            Assert.That(next, Is.GreaterThanOrEqualTo(0), $"the file has no {signature} number {i}");
            at += 1 + next;
        }
        return at;
    }

    /// <summary>Where the body of a message lies.</summary>
    public int Message(string path, MessageType type)
    {
        using var file = Open();
        return (int)file.Root.Find(path)!.Header.Find(type)!.Value.Address;
    }

    /// <summary>Where an object's header lies.</summary>
    public int Header(string path)
    {
        using var file = Open();
        return (int)file.Root.Find(path)!.Header.Address;
    }

    /// <summary>Where an attribute's elements lie.</summary>
    public int Value(string path, string attribute)
    {
        using var file = Open();
        var bytes = file.Root.Find(path)!.FindAttribute(attribute)!.Bytes;
        return Bytes.AsSpan().IndexOf(bytes.Span);
    }

    public long Get(int at) => BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(at));

    /// <summary>Changes a number; without a width it has 8 bytes.</summary>
    public CraftedFile Set(int at, long value, int bytes = 8)
    {
        for (var i = 0; i < bytes; i++)
            Bytes[at + i] = (byte)(value >> (8 * i));
        return this;
    }

    public CraftedFile Set(int at, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Bytes.AsSpan(at));
        return this;
    }

    public CraftedFile Cut(int length)
    {
        Bytes = Bytes[..length];
        return this;
    }

    /// <summary>Writes the checksum at the end of a block anew.</summary>
    public CraftedFile Sum(int at, int length) => Set(at + length - 4, Checksums.Lookup3(Bytes.AsSpan(at, length - 4)), 4);

    public Hdf5File Open(Hdf5Limits? limits = null) => Hdf5File.Open(new MemoryStream(Bytes), "crafted.h5", limits);

    /// <summary>Reads everything that the file holds.</summary>
    public List<string> List(Hdf5Limits? limits = null)
    {
        using var file = Open(limits);
        return Hdf5Listing.Of(file);
    }

    /// <summary>Requires that reading everything ends with the typed error, without much memory.</summary>
    public void IsRefused(string because, Hdf5Limits? limits = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(
            () => List(limits), Throws.TypeOf<Hdf5Exception>().With.Message.Contains(because).And.Message.Contains("crafted.h5"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostAllocatedBytes));
    }
}
