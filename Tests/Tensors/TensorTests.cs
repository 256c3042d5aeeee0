using NUnit.Framework;

namespace GpuKeras.Tests.Tensors;

public class TensorTests
{
    [Test]
    public void From_ArrayOfRankTwo_KeepsShapeAndOrder()
    {
        var tensor = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.That(tensor.Shape, Is.EqualTo(new Shape(2, 3)));
        Assert.That(tensor.DType, Is.EqualTo(DType.Float32));
        Assert.That(tensor.ToArray<float>(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void From_EveryElementType_RoundTrips()
    {
        Assert.That(Tensor.From(1.5, -2.5).ToArray<double>(), Is.EqualTo(new[] { 1.5, -2.5 }));
        Assert.That(Tensor.From(int.MinValue, 7).ToArray<int>(), Is.EqualTo(new[] { int.MinValue, 7 }));
        Assert.That(Tensor.From(long.MaxValue).ToArray<long>(), Is.EqualTo(new[] { long.MaxValue }));
        Assert.That(Tensor.From<byte>(0, 255).ToArray<byte>(), Is.EqualTo(new byte[] { 0, 255 }));
        Assert.That(Tensor.From(true, false).ToArray<bool>(), Is.EqualTo(new[] { true, false }));
    }

    // More than is copied at once.
    [Test]
    public void From_ManyElements_RoundTripsAndMoves()
    {
        var values = new byte[(64 << 20) + 5];
        new Random(1).NextBytes(values);
        var tensor = Tensor.From(values, new Shape(values.Length));
        Assert.That(tensor.ToArray<byte>().AsSpan().SequenceEqual(values));
        Assert.That(tensor.To(Device.Get("null")).ToArray<byte>().AsSpan().SequenceEqual(values));
    }

    [Test]
    public void Empty_OfMoreElementsThanAGpuCounts_IsRefused()
    {
        using var device = Device.Use("null");
        Assert.That(
            static () => Tensor.Zeros([65536, 32768], DType.UInt8),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("null").And.Message.Contains("at most 2,147,483,647")
                .And.Message.Contains("65536, 32768"));
    }

    [Test]
    public void From_NumericsTensor_KeepsShapeAndValues()
    {
        var source = System.Numerics.Tensors.Tensor.Create<float>([1, 2, 3, 4, 5, 6], [3, 2]);
        var tensor = Tensor.From(source);
        Assert.That(tensor.Shape, Is.EqualTo(new Shape(3, 2)));
        Assert.That(tensor.ToArray<float>(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void From_WrongCountOrType_NamesBoth()
    {
        Assert.That(
            () => Tensor.From([1f, 2f], [3]),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("[3]").And.Message.Contains("2 values"));
        Assert.That(() => Tensor.From(new[] { "a" }), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("String"));
        Assert.That(
            () => Tensor.Ones([2]).ToArray<int>(),
            Throws.InstanceOf<DTypeException>().With.Message.Contains("float32").And.Message.Contains("Int32"));
    }

    [TestCase(DType.Float32)]
    [TestCase(DType.Float64)]
    [TestCase(DType.Int32)]
    [TestCase(DType.Int64)]
    [TestCase(DType.UInt8)]
    [TestCase(DType.Bool)]
    public void Full_EveryDType_HoldsTheValue(DType dtype)
    {
        var tensor = Tensor.Full([3], 1, dtype);
        Assert.That(tensor.DType, Is.EqualTo(dtype));
        Assert.That(tensor.Sum().ToScalar(), Is.EqualTo(3));
    }

    [Test]
    public void AsSpan_SeesTheSameMemory()
    {
        using var cpu = Device.Use("cpu");
        var tensor = Tensor.From(1f, 2f, 3f);
        Assert.That(tensor.AsSpan<float>().ToArray(), Is.EqualTo(new float[] { 1, 2, 3 }));
    }

    [Test]
    public void ToScalar_OfSeveralElements_NamesTheShape() =>
        Assert.That(() => Tensor.Ones([2, 2]).ToScalar(), Throws.InstanceOf<ShapeException>().With.Message.Contains("[2, 2]"));

    [Test]
    public void ToString_PrintsNestedBrackets()
    {
        Assert.That(Tensor.From(6f, 12f, 18f).ToString(), Is.EqualTo("[6, 12, 18]"));
        Assert.That(Tensor.From(new[,] { { 1, 2 }, { 3, 4 } }).ToString(), Is.EqualTo("[[1, 2],\n [3, 4]]"));
        Assert.That(Tensor.Scalar(0.5).ToString(), Is.EqualTo("0.5"));
        Assert.That(Tensor.Zeros([0]).ToString(), Is.EqualTo("[]"));
        Assert.That(Tensor.Range(0, 2000).ToString(), Is.EqualTo("[0, 1, 2, …, 1997, 1998, 1999]"));
    }

    [Test]
    public void Reshape_SharesMemoryAndInfersOneSize()
    {
        var tensor = Tensor.Range(0, 6);
        var reshaped = tensor.Reshape([2, -1]);
        Assert.That(reshaped.Shape, Is.EqualTo(new Shape(2, 3)));
        Assert.That(reshaped.Storage, Is.SameAs(tensor.Storage));
    }

    [Test]
    public void Symbolic_HasNoValues() =>
        Assert.That(
            () => Tensor.Symbolic([Shape.Unknown, 3], DType.Float32).ToArray<float>(),
            Throws.InvalidOperationException.With.Message.Contains("[None, 3]"));

    [Test]
    public void SymbolicOperations_InferUnknownSizes()
    {
        var x = Tensor.Symbolic([Shape.Unknown, 4], DType.Float32);
        Assert.That((x * 2 + 1).Shape, Is.EqualTo(new Shape(Shape.Unknown, 4)));
        Assert.That(x.Reshape([-1, 2]).Shape, Is.EqualTo(new Shape(Shape.Unknown, 2)));
        Assert.That(x.Sum(0).Shape, Is.EqualTo(new Shape(4)));
        Assert.That(() => x + Tensor.Ones([3]), Throws.InstanceOf<ShapeException>());
    }
}
