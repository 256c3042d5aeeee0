using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving;

/// <summary>Safetensors files: round trips, the format's bytes, and everything that can be wrong with a file.</summary>
public sealed class SafetensorsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void SaveAndLoad_EveryDType_SameBits()
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["bool"] = Tensor.From([true, false, true], [3]),
            ["uint8"] = Tensor.From([(byte)1, (byte)255], [2, 1]),
            ["int32"] = Tensor.From([-1, 2, 3, 4, 5, 6], [3, 2]),
            ["int64"] = Tensor.From(long.MinValue),
            ["float32"] = Tensor.From(float.NaN, -0f, 1e-45f),
            ["float64"] = Tensor.From(double.Epsilon),
            ["scalar"] = Tensor.Scalar(3),
            ["empty"] = Tensor.From<float>([], [0, 4]),
            ["straße/\"quoted\"\n"] = Tensor.Scalar(1),
        };
        Safetensors.Save(folder.File("a.safetensors"), tensors);
        var loaded = Safetensors.Load(folder.File("a.safetensors"));
        Assert.That(loaded.Keys, Is.EquivalentTo(tensors.Keys));
        foreach (var (name, tensor) in tensors)
            TensorAssert.AreIdentical(loaded[name], tensor);
    }

    [Test]
    public void SaveAndLoad_AnyNamesAndValues_SameBits() => Prop.ForAll<NonNull<string>[], int[]>((names, values) =>
    {
        var tensors = names.Select(static name => name.Get).Where(
            static name => name.Length > 0 && name != "__metadata__" && IsText(name)).Distinct()
            .ToDictionary(static name => name, _ => Tensor.From<int>(values));
        Safetensors.Save(folder.File("a.safetensors"), tensors);
        var loaded = Safetensors.Load(folder.File("a.safetensors"));
        Assert.That(loaded.Keys, Is.EquivalentTo(tensors.Keys));
        foreach (var tensor in loaded.Values)
            Assert.That(tensor.ToArray<int>(), Is.EqualTo(values));
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Save_OneTensor_TheFormatsBytes()
    {
        Safetensors.Save(folder.File("a.safetensors"), [new("w", Tensor.From([1f, 2f], [1, 2]))]);
        var header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];
        Assert.That(File.ReadAllBytes(folder.File("a.safetensors")), Is.EqualTo(expected));
    }

    [Test]
    public void Save_Metadata_ReadBack()
    {
        var metadata = new Dictionary<string, string> { ["format"] = "np", ["note"] = "é" };
        Safetensors.Save(folder.File("a.safetensors"), [], metadata);
        Assert.That(Safetensors.LoadMetadata(folder.File("a.safetensors")), Is.EquivalentTo(metadata));
        Assert.That(Safetensors.Load(folder.File("a.safetensors")), Is.Empty);
    }

    [TestCase("")]
    [TestCase("__metadata__")]
    public void Save_ReservedName_RefusedAndNothingLeft(string name)
    {
        Assert.That(() => Safetensors.Save(folder.File("a.safetensors"), [new(name, Tensor.Scalar(1))]), Throws.ArgumentException);
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    public void Load_NarrowTypes_Widened()
    {
        var path = Write(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}," +
            "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[2,6]}," +
            "\"i\":{\"dtype\":\"I16\",\"shape\":[],\"data_offsets\":[6,8]}}",
            [0x00, 0xC0, 0x80, 0x3F, 0xC0, 0x7F, 0xFE, 0xFF]);
        var loaded = Safetensors.Load(path);
        TensorAssert.AreIdentical(loaded["h"], Tensor.From(-2f));
        Assert.That(loaded["b"].ToArray<float>(), Is.EqualTo(new[] { 1f, float.NaN }));
        TensorAssert.AreIdentical(loaded["i"], Tensor.From([-2], []));
    }

    [Test]
    public void Load_TensorsInAnyOrder_Read()
    {
        var path = Write(
            "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}," +
            "\"a\":{\"data_offsets\":[0,1],\"shape\":[1],\"dtype\":\"U8\"}}  ",
            [7, 9]);
        var loaded = Safetensors.Load(path);
        Assert.That(loaded["a"].ToArray<byte>(), Is.EqualTo(new byte[] { 7 }));
        Assert.That(loaded["b"].ToArray<byte>(), Is.EqualTo(new byte[] { 9 }));
    }

    [TestCase("[]", "not the JSON")]
    [TestCase("{", "not the JSON")]
    [TestCase("{} x", "not the JSON")]
    [TestCase("{\"a\":1}", "not the JSON")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[[[[1]]]],\"data_offsets\":[0,4]}}", "not the JSON")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "not the JSON")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}", "not the JSON")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "must have dtype, shape")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", "must have dtype, shape")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":{}}}", "'x'")]
    [TestCase("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "comes twice")]
    [TestCase("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", "F8_E4M3")]
    [TestCase("{\"a\":{\"dtype\":\"U64\",\"shape\":[],\"data_offsets\":[0,8]}}", "U64")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}}", "impossible")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[2000000000,2000000000,2000000000],\"data_offsets\":[0,4]}}", "impossible")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775807,2],\"data_offsets\":[0,4]}}", "impossible")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[4,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", "at most 8 axes")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,4]}}", "has 3 bytes")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,0]}}", "has 4 bytes")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[-4,0]}}", "has 4 bytes")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[-9223372036854775808,9223372036854775807]}}", "has 4 bytes")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[5],\"data_offsets\":[0,5]}}", "ends at byte 5")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}", "1 bytes follow")]
    [TestCase("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}}", "bytes 0 to 1")]
    [TestCase(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
        "within the one before")]
    [TestCase(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
        "'a' comes twice")]
    [TestCase("{\"__metadata__\":{\"a\":1},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", "not the JSON")]
    [TestCase("{}", "4 bytes follow")]
    public void Load_BadHeader_SaysWhatIsWrong(string header, string expected)
    {
        var path = Write(header, [1, 2, 3, 4]);
        Assert.That(
            () => Safetensors.Load(path),
            Throws.TypeOf<FileFormatException>().With.Message.Contains(expected).And.Message.Contains("a.safetensors"));
    }

    [TestCase(100_000_001UL, "at most 100000000")]
    [TestCase(ulong.MaxValue, "at most 100000000")]
    [TestCase(99_999_999UL, "shorter than its header")]
    public void Load_HugeHeader_RefusedBeforeAllocating(ulong length, string expected)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.That(
            () => Safetensors.Load(folder.Write("a.safetensors", bytes)),
            Throws.TypeOf<FileFormatException>().With.Message.Contains(expected));
    }

    [Test]
    public void Load_InvalidText_Refused()
    {
        byte[] header = [.. "{\""u8, 0xFF, .. "\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}"u8];
        byte[] length = [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0];
        var path = folder.Write("a.safetensors", [.. length, .. header, 1, 2, 3, 4]);
        Assert.That(() => Safetensors.Load(path), Throws.TypeOf<FileFormatException>());
    }

    [Test]
    public void Load_FileCutAtAnyByte_FileFormatException()
    {
        Safetensors.Save(folder.File("a.safetensors"), [new("w", Tensor.From(1f, 2f)), new("b", Tensor.Scalar(1))]);
        var bytes = File.ReadAllBytes(folder.File("a.safetensors"));
        for (var length = 0; length < bytes.Length; length++)
        {
            var path = folder.Write("cut.safetensors", bytes[..length]);
            Assert.That(
                () => Safetensors.Load(path), Throws.TypeOf<FileFormatException>().With.Message.Contains("cut.safetensors"),
                $"cut to {length} bytes");
        }
    }

    [Test]
    public void Load_AnyByteOfTheHeaderChanged_ReadsOrFileFormatException()
    {
        Safetensors.Save(folder.File("a.safetensors"), [new("w", Tensor.From(1f, 2f)), new("b", Tensor.Scalar(1))]);
        var bytes = File.ReadAllBytes(folder.File("a.safetensors"));
        var refused = 0;
        for (var at = 0; at < bytes.Length - 12; at++)
            foreach (var value in (byte[])[0, 0xFF, (byte)'9', (byte)'"', (byte)'{'])
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                var path = folder.Write("changed.safetensors", changed);
                try
                {
                    Safetensors.Load(path);
                }
                catch (FileFormatException)
                {
                    refused++;
                }
            }
        Assert.That(refused, Is.GreaterThan(4 * (bytes.Length - 12)));
    }

    private static bool IsText(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (!char.IsSurrogatePair(name, i))
                return false;
            i++;
        }
        return true;
    }

    private string Write(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        return folder.Write("a.safetensors", [.. length, .. text, .. data]);
    }
}
