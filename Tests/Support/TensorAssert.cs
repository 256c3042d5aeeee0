using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>Comparisons of whole tensors.</summary>
public static class TensorAssert
{
    /// <summary>Fails unless shape, dtype and every bit are the same; NaN equals NaN.</summary>
    public static void AreIdentical(Tensor actual, Tensor expected)
    {
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
        Assert.That(actual.DType, Is.EqualTo(expected.DType));
        Assert.That(Bytes(actual), Is.EqualTo(Bytes(expected)));
    }

    private static byte[] Bytes(Tensor tensor)
    {
        var bytes = new byte[tensor.Size * tensor.DType.SizeBytes()];
        tensor.DownloadBytes(0, bytes);
        return bytes;
    }
}
