using System.IO.Compression;

namespace GpuKeras.Tests.Support;

/// <summary>A data folder with the first samples of MNIST, so that whole programs can be run in seconds.</summary>
public sealed class SmallMnist : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gpukeras-data-");

    public SmallMnist(int trainCount, int testCount)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "mnist"));
        Cut("train-images-idx3-ubyte.gz", headerBytes: 16, sampleBytes: 28 * 28, trainCount);
        Cut("train-labels-idx1-ubyte.gz", headerBytes: 8, sampleBytes: 1, trainCount);
        Cut("t10k-images-idx3-ubyte.gz", headerBytes: 16, sampleBytes: 28 * 28, testCount);
        Cut("t10k-labels-idx1-ubyte.gz", headerBytes: 8, sampleBytes: 1, testCount);
    }

    /// <summary>What to set <c>GPUKERAS_DATA</c> to.</summary>
    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    private void Cut(string name, int headerBytes, int sampleBytes, int count)
    {
        var bytes = new byte[headerBytes + sampleBytes * count];
        using (var source = new GZipStream(File.OpenRead(Repository.PathOf("data", "mnist", name)), CompressionMode.Decompress))
            source.ReadExactly(bytes);
        // The sample count is the second big-endian integer of the header.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), count);
        using var target = new GZipStream(File.Create(Path.Combine(Folder, "mnist", name)), CompressionMode.Compress);
        target.Write(bytes);
    }
}
