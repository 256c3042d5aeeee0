using System.Text;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>Which OpenCL devices the engine takes, by what devices that are not here would say of themselves.</summary>
public sealed class OpenClInfoTests
{
    private const uint Type = 0x1000;
    private const uint MaxGroupSize = 0x1004;
    private const uint AddressBits = 0x100D;
    private const uint MaxBufferBytes = 0x1010;
    private const uint MaxArgumentBytes = 0x1017;
    private const uint LocalMemoryBytes = 0x1023;
    private const uint IsLittleEndian = 0x1026;
    private const uint IsAvailable = 0x1027;
    private const uint HasCompiler = 0x1028;
    private const uint Profile = 0x102E;
    private const uint Version = 0x102F;
    private const uint Extensions = 0x1030;
    private const uint Float64 = 0x1032;
    private const ulong Cpu = 2;
    private const ulong Gpu = 4;

    [Test]
    public void GpuWithTheLeast_IsTaken()
    {
        var info = Info([]);
        Assert.That(info.Shortcoming, Is.Null);
        Assert.That(info.Profile with { Multiprocessors = 1 }, Is.EqualTo(OpenClInfo.LeastGpu));
        Assert.That(info.MaxBufferBytes, Is.EqualTo(128L << 20));
        Assert.That(info.Describe(), Does.Contain("a GPU").And.Contain("no float64").And.Contain("32 KiB"));
    }

    // Versions as Apple's, NVIDIA's, PoCL's and Mesa's drivers write them.
    [TestCase("OpenCL 1.2 (Apr 17 2024 21:32:59)")]
    [TestCase("OpenCL 1.2 CUDA")]
    [TestCase("OpenCL 3.0 PoCL HSTR: pthread-x86_64-pc-linux-gnu-skylake-avx512")]
    [TestCase("OpenCL 3.0 ")]
    [TestCase("OpenCL 2.0 AMD-APP (3581.0)")]
    public void Version_Of12OrLater_IsTaken(string version) =>
        Assert.That(Info([(Version, Encoding.UTF8.GetBytes(version + '\0'))]).Shortcoming, Is.Null);

    [TestCase("OpenCL 1.1 Mesa 10.1.3", "too old: needs OpenCL 1.2, has OpenCL 1.1 Mesa 10.1.3")]
    [TestCase("", "too old: needs OpenCL 1.2")]
    public void Version_OfLess_IsTheShortcoming(string version, string shortcoming) =>
        Assert.That(Info([(Version, Encoding.UTF8.GetBytes(version))]).Shortcoming, Does.StartWith(shortcoming));

    [TestCase(IsAvailable, 0, "not available")]
    [TestCase(HasCompiler, 0, "no compiler")]
    [TestCase(IsLittleEndian, 0, "big-endian")]
    [TestCase(AddressBits, 32, "32-bit addresses")]
    public void Lack_IsTheShortcoming(uint property, int value, string shortcoming) =>
        Assert.That(Info([(property, BitConverter.GetBytes(value))]).Shortcoming, Does.Contain(shortcoming));

    [TestCase(MaxGroupSize, 128, "at most 128 items; needs 256")]
    [TestCase(LocalMemoryBytes, 16 << 10, "16384 bytes of shared memory for a group; needs 32768")]
    public void GpuWithSmallGroups_IsNotTaken_ButAProcessorIs(uint property, long value, string shortcoming)
    {
        (uint, byte[]) lack = (property, BitConverter.GetBytes(value));
        Assert.That(Info([lack]).Shortcoming, Does.Contain(shortcoming));
        Assert.That(Info([lack, (Type, BitConverter.GetBytes(Cpu))]).Shortcoming, Is.Null);
    }

    [Test]
    public void EmbeddedDevice_NeedsTheExtensionFor64BitIntegers()
    {
        var embedded = (Profile, Encoding.UTF8.GetBytes("EMBEDDED_PROFILE\0"));
        Assert.That(Info([embedded]).Shortcoming, Does.Contain("64-bit integers"));
        Assert.That(Info([embedded, (Extensions, Encoding.UTF8.GetBytes("cl_khr_fp16 cles_khr_int64\0"))]).Shortcoming, Is.Null);
    }

    // A GPU that has what OpenCL 1.2 grants and the engine needs, but for what is listed.
    private static OpenClInfo Info((uint Name, byte[] Bytes)[] others)
    {
        var properties = new Dictionary<uint, byte[]>
        {
            [Type] = BitConverter.GetBytes(Gpu),
            [MaxGroupSize] = BitConverter.GetBytes(256L),
            [AddressBits] = BitConverter.GetBytes(64),
            [MaxBufferBytes] = BitConverter.GetBytes(128L << 20),
            [MaxArgumentBytes] = BitConverter.GetBytes(1024L),
            [LocalMemoryBytes] = BitConverter.GetBytes(32L << 10),
            [IsLittleEndian] = BitConverter.GetBytes(1),
            [IsAvailable] = BitConverter.GetBytes(1),
            [HasCompiler] = BitConverter.GetBytes(1),
            [Profile] = Encoding.UTF8.GetBytes("FULL_PROFILE\0"),
            [Version] = Encoding.UTF8.GetBytes("OpenCL 1.2 \0"),
            [Float64] = BitConverter.GetBytes(0L),
        };
        foreach (var (name, bytes) in others)
            properties[name] = bytes;
        return new(device: 0, properties.GetValueOrDefault);
    }
}
