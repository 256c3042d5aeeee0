using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>NPY files: round trips, everything NumPy writes, and everything that is wrong.</summary>
public sealed class NpyTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void SaveAndLoad_AnyFloats_SameBits() => Prop.ForAll<float[]>(values =>
    {
        var path = folder.File("a.npy");
        Npy.Save(path, Tensor.From<float>(values));
        TensorAssert.AreIdentical(Npy.Load(path), Tensor.From<float>(values));
    }).QuickCheckThrowOnFailure();

    [TestCase(DType.Float32)]
    [TestCase(DType.Float64)]
    [TestCase(DType.Int32)]
    [TestCase(DType.Int64)]
    [TestCase(DType.UInt8)]
    [TestCase(DType.Bool)]
    public void SaveAndLoad_EveryDTypeAndRank_SameBits(DType dtype)
    {
        foreach (var shape in new Shape[] { [], [1], [0], [3, 0, 2], [7], [2, 3], [2, 3, 1, 2], [1, 2, 1, 2, 1, 2, 1, 2] })
        {
            var tensor = Tensor.Full(shape, 1, dtype);
            Npy.Save(folder.File("a.npy"), tensor);
            TensorAssert.AreIdentical(Npy.Load(folder.File("a.npy")), tensor);
        }
    }

    [Test]
    public void Save_LargerThanOnePiece_SameBits()
    {
        var values = new double[(1 << 18) + 3];
        for (var i = 0; i < values.Length; i++)
            values[i] = i;
        Npy.Save(folder.File("a.npy"), Tensor.From(values, [values.Length]));
        Assert.That(Npy.Load(folder.File("a.npy")).ToArray<double>(), Is.EqualTo(values));
    }

    [Test]
    public void Save_Matrix_WritesTheBytesOfNumPy()
    {
        Npy.Save(folder.File("a.npy"), Tensor.From(new int[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        var head = "\u0093NUMPY\u0001\0v\0{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(127) + "\n";
        byte[] data = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0];
        Assert.That(File.ReadAllBytes(folder.File("a.npy")), Is.EqualTo((byte[])[.. Encoding.Latin1.GetBytes(head), .. data]));
    }

    [Test]
    public void Save_View_WritesOnlyItsElements()
    {
        var view = Tensor.From([1, 2, 3, 4, 5, 6], [3, 2]).Alias([2, 2], firstElement: 2);
        Npy.Save(folder.File("a.npy"), view);
        TensorAssert.AreIdentical(Npy.Load(folder.File("a.npy")), Tensor.From([3, 4, 5, 6], [2, 2]));
    }

    [TestCase("<f2", new byte[] { 0x00, 0x3C, 0x01, 0x00 }, new[] { 1f, 5.9604645e-8f })]
    [TestCase(">f2", new byte[] { 0x3C, 0x00, 0x7C, 0x00 }, new[] { 1f, float.PositiveInfinity })]
    [TestCase(">f4", new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, new[] { 1f, -2f })]
    [TestCase("=f4", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 }, new[] { 1f, -2f })]
    [TestCase(">f8", new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, new[] { 1.0, -2.0 })]
    [TestCase("|i1", new byte[] { 0x80, 0x7F }, new[] { -128, 127 })]
    [TestCase("<i2", new byte[] { 0xFE, 0xFF, 1, 0 }, new[] { -2, 1 })]
    [TestCase(">i2", new byte[] { 0xFF, 0xFE, 0, 1 }, new[] { -2, 1 })]
    [TestCase("<u2", new byte[] { 0xFE, 0xFF, 1, 0 }, new[] { 65534, 1 })]
    [TestCase(">i4", new byte[] { 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE }, new[] { 1, -2 })]
    [TestCase(">u4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1 }, new[] { 4294967295L, 1L })]
    [TestCase(">i8", new byte[] { 0, 0, 0, 0, 0, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new[] { 256L, -1L })]
    [TestCase("|u1", new byte[] { 7, 255 }, new byte[] { 7, 255 })]
    [TestCase("|b1", new byte[] { 0, 2 }, new[] { false, true })]
    public void Load_ElementTypesOfNumPy_ExactValues(string description, byte[] data, Array expected)
    {
        var tensor = Npy.Load(folder.Write("a.npy", File1($"{{'descr': '{description}', 'fortran_order': False, 'shape': (2,), }}", data)));
        TensorAssert.AreIdentical(tensor, Tensor.From(expected));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Load_EveryVersion_Read(int version)
    {
        var path = folder.Write("a.npy", File1("{\"shape\":(2L,),'fortran_order':False ,'descr':'|u1'}\n", [3, 4], version));
        TensorAssert.AreIdentical(Npy.Load(path), Tensor.From<byte>(3, 4));
    }

    [Test]
    public void Load_FortranOrder_RowMajorValues()
    {
        // a[i, j, k] = 100 i + 10 j + k of shape [2, 3, 4], the first index running fastest.
        var data = new List<byte>();
        for (var k = 0; k < 4; k++)
            for (var j = 0; j < 3; j++)
                for (var i = 0; i < 2; i++)
                    data.Add((byte)(100 * i + 10 * j + k));
        var tensor = Npy.Load(folder.Write("a.npy", File1("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", [.. data])));
        Assert.That(tensor.Shape, Is.EqualTo(new Shape(2, 3, 4)));
        Assert.That(tensor.ToArray<byte>(), Is.EqualTo(new byte[]
        {
            0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123,
        }));
    }

    [Test]
    public void Load_FileCutAtAnyByte_FileFormatException()
    {
        Npy.Save(folder.File("a.npy"), Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]));
        var bytes = File.ReadAllBytes(folder.File("a.npy"));
        for (var length = 0; length < bytes.Length; length++)
        {
            var path = folder.Write("cut.npy", bytes[..length]);
            var error = Assert.Throws<FileFormatException>(() => Npy.Load(path), $"cut to {length} bytes")!;
            Assert.That(error.Message, Does.Contain("cut.npy"));
        }
    }

    [Test]
    public void Load_AnyByteOfTheHeadChanged_ReadsOrSaysWhatIsWrong()
    {
        Npy.Save(folder.File("a.npy"), Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]));
        var bytes = File.ReadAllBytes(folder.File("a.npy"));
        var refused = 0;
        for (var at = 0; at < 80; at++)
            foreach (var value in (byte[])[0, 0xFF, (byte)'9', (byte)'(', (byte)'\''])
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                var path = folder.Write("changed.npy", changed);
                try
                {
                    Npy.Load(path);
                }
                catch (FileFormatException)
                {
                    refused++;
                }
            }
        Assert.That(refused, Is.GreaterThan(250), "nearly every change of the head makes the file invalid");
    }

    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "8 of 12")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "4 bytes follow")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", "impossible")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000), }", "impossible")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000), }", "8 of 4000000000000000000")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "a size is expected")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "a size is expected")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 1, 1, 1, 1, 1, 1, 1), }", "at most 8 axes")]
    [TestCase("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,), }", "True or False")]
    [TestCase("{'descr': '<f4', 'fortran_order': False}", "'shape' is missing")]
    [TestCase("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", "'descr' is unknown or comes twice")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", "'x' is unknown")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } 1", "after the closing brace")]
    [TestCase("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "<c8")]
    [TestCase("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", "<u8")]
    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "|O")]
    [TestCase("{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }", "<U2")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "records")]
    [TestCase("", "'{' is expected")]
    public void Load_BadHeader_SaysWhatIsWrong(string head, string expected)
    {
        var path = folder.Write("bad.npy", File1(head, [0, 0, 0, 0, 0, 0, 0, 0]));
        Assert.That(
            () => Npy.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains(expected).And.Message.Contains("bad.npy"));
    }

    [Test]
    public void Load_UnknownVersion_SaysWhichAreKnown()
    {
        var path = folder.Write("bad.npy", File1("{}", [], version: 4));
        Assert.That(() => Npy.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("4.0"));
    }

    [Test]
    public void Load_HugeHeaderLength_Refused()
    {
        var bytes = File1("{}", [], version: 2);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), uint.MaxValue);
        var path = folder.Write("bad.npy", bytes);
        Assert.That(() => Npy.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("4294967295"));
    }

    [Test]
    public void Load_NoFile_NamesIt() =>
        Assert.That(() => Npy.Load(folder.File("none.npy")), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("none.npy"));

    private static byte[] File1(string head, byte[] data, int version = 1)
    {
        var text = Encoding.UTF8.GetBytes(head);
        var length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }
}
