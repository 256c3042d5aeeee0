using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>What the case table cannot say: errors, sharing of memory, unknown sizes, several results.</summary>
public sealed class StructuralOperationTests
{
    private static readonly Tensor Matrix = Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]);

    private static readonly Func<Tensor, Tensor>[] OfUnknownBatch =
    [
        static x => x.Sum(1), static x => x.Mean([0, 2], keepDims: true), static x => x.Max(-1), static x => x.Variance([1]),
        static x => x.ArgMax(),
        static x => x.Softmax(1), static x => x.LogSumExp(), static x => x.Transpose(0, 2, 1), static x => x[1..], static x => x[.., ..2],
        static x => x[0], static x => x.Slice(0, Range.All, -1), static x => x.Flip(1), static x => x.Tile(1, 2, 1),
        static x => x.Tile(2, 1, 1),
        static x => x.Repeat(3, 1), static x => x.ExpandDims(0), static x => x.ExpandDims(-1).Squeeze(-1),
        static x => x.Pad([(0, 0), (1, 1), (0, 2)]),
        static x => Tensor.Concat([x, x], 1), static x => Tensor.Concat([x, x], 0), static x => x.Gather(Tensor.From([0, 2]), 1),
        static x => x.Sort(),
        static x => x.TopK(2).Values, static x => x.CumulativeSum(1), static x => x.LayerNorm(Tensor.Ones([4]), Tensor.Zeros([4])),
        static x => x.BatchNorm(Tensor.Ones([4]), Tensor.Zeros([4])).Output, static x => x.CrossEntropy(x),
        static x => x.ArgMax().OneHot(5),
    ];

    [TestCaseSource(nameof(OfUnknownBatch))]
    public void Symbolic_UnknownBatch_ShapeIsThatOfValuesWhereKnown(Func<Tensor, Tensor> run)
    {
        var symbolic = run(Tensor.Symbolic([Shape.Unknown, 3, 4], DType.Float32));
        var values = run(Tensor.Ones([6, 3, 4]));
        Assert.That(symbolic.Rank, Is.EqualTo(values.Rank));
        Assert.That(symbolic.DType, Is.EqualTo(values.DType));
        for (var axis = 0; axis < values.Rank; axis++)
            Assert.That(symbolic.Shape[axis], Is.EqualTo(Shape.Unknown).Or.EqualTo(values.Shape[axis]), $"axis {axis}");
    }

    [Test]
    public void LeadingSlice_SharesMemory_ButNotWithAVariable()
    {
        using (Device.Use("cpu"))
        {
            var matrix = Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]);
            Assert.That(matrix[1..].AsSpan<float>().Overlaps(matrix.AsSpan<float>()), Is.True);
        }
        var variable = new Variable(Matrix);
        var row = variable[1];
        variable.Assign(Tensor.Zeros([2, 3]));
        Assert.That(row.ToArray<float>(), Is.EqualTo(new[] { 4f, 5, 6 }));
    }

    [Test]
    public void Gather_IndexOutOfRange_NamesIndexAndLimit()
    {
        var error = Assert.Throws<IndexOutOfRangeException>(() => Matrix.Gather(Tensor.From([0, 3]), 1).ToArray<float>());
        Assert.That(error!.Message, Does.Contain("got 3 at position 1").And.Contain("limit 3"));
    }

    [Test]
    public void SparseCrossEntropy_BadLabels_NameValueOrShapes()
    {
        var index = Assert.Throws<IndexOutOfRangeException>(() => Matrix.SparseCrossEntropy(Tensor.From([0, 3])).ToArray<float>());
        Assert.That(index!.Message, Does.Contain("got 3 at position 1"));
        var shape = Assert.Throws<ShapeException>(() => Matrix.SparseCrossEntropy(Tensor.From([0, 1, 2])));
        Assert.That(shape!.Message, Does.Contain("[2, 3]").And.Contain("[3]"));
    }

    [Test]
    public void Axis_OutOfRange_NamesAxisAndShape()
    {
        foreach (var run in new Func<Tensor>[]
        {
            () => Matrix.Sum(2), () => Matrix.Softmax(2), () => Matrix.ArgMax(2), () => Matrix.CumulativeSum(2),
            () => Matrix.Gather(Tensor.From([0]), 2),
            () => Matrix.Slice(2, ..1), () => Matrix.Flip(2), () => Matrix.Repeat(2, 2), () => Matrix.LogSumExp(2), () => Matrix.Sort(2),
        })
        {
            var error = Assert.Throws<ShapeException>(() => run());
            Assert.That(error!.Message, Does.Contain("axis 2").And.Contain("[2, 3]"));
        }
    }

    [Test]
    public void Ranges_OutOfBounds_NameRangeAndShape()
    {
        foreach (var run in new Func<Tensor>[] { () => Matrix[..3], () => Matrix[2], () => Matrix[^3], () => Matrix[.., 2..1] })
            Assert.That(Assert.Throws<ShapeException>(() => run())!.Message, Does.Contain("[2, 3]"));
        Assert.That(Assert.Throws<ShapeException>(() => _ = Matrix[.., .., ..])!.Message, Does.Contain("3 ranges").And.Contain("[2, 3]"));
    }

    [Test]
    public void MaxOfNothing_IsRefused_ByNamingTheShape()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 0]).Max(1));
        Assert.That(error!.Message, Does.Contain("[2, 0]"));
        Assert.That(Tensor.Zeros([0, 2]).Max(1).Shape, Is.EqualTo(new Shape(0)));
    }

    [Test]
    public void Reductions_OfSmallIntegers_AsKeras()
    {
        var bytes = Tensor.From<byte>([200, 100, 50]);
        Assert.That((bytes.Sum().DType, bytes.Sum().ToScalar()), Is.EqualTo((DType.Int32, 350.0)));
        Assert.That((bytes.Mean().DType, (float)bytes.Mean().ToScalar()), Is.EqualTo((DType.Float32, 350 / 3f)));
        Assert.That((bytes.Max().DType, bytes.Max().ToScalar()), Is.EqualTo((DType.UInt8, 200.0)));
    }

    [Test]
    public void TopK_AndUnstackAndSplit_GiveAllTheirParts()
    {
        var (values, indices) = Matrix.TopK(2);
        Assert.That(values.ToArray<float>(), Is.EqualTo(new[] { 3f, 2, 6, 5 }));
        Assert.That(indices.ToArray<int>(), Is.EqualTo(new[] { 2, 1, 2, 1 }));
        Assert.That(
            Array.ConvertAll(Matrix.Unstack(1), static t => t.ToArray<float>()), Is.EqualTo(new[] { new[] { 1f, 4 }, [2, 5], [3, 6] }));
        Assert.That(
            Array.ConvertAll(Matrix.Split([1, 2], 1), static t => t.ToArray<float>()), Is.EqualTo(new[] { new[] { 1f, 4 }, [2, 3, 5, 6] }));
        Assert.That(Assert.Throws<ShapeException>(() => Matrix.Split(2, 1))!.Message, Does.Contain("2 parts").And.Contain("[2, 3]"));
    }

    [Test]
    public void BatchNorm_Moments_AreThoseOfTheBatch()
    {
        var (_, mean, variance) = Matrix.BatchNorm(Tensor.Ones([3]), Tensor.Zeros([3]));
        Assert.That(mean.ToArray<float>(), Is.EqualTo(new[] { 2.5f, 3.5f, 4.5f }));
        Assert.That(variance.ToArray<float>(), Is.EqualTo(new[] { 2.25f, 2.25f, 2.25f }));
    }

    [Test]
    public void Prod_ThirdDerivative_IsRefusedWithAHint()
    {
        var x = Tensor.From([1.0, 2, 3, 4]);
        using var third = new GradientTape();
        using var second = new GradientTape();
        using var first = new GradientTape();
        third.Watch(x);
        second.Watch(x);
        first.Watch(x);
        var gradient = first.Gradient(x.Prod(), x)!;
        var curvature = second.Gradient(gradient, x)!;
        Assert.That(curvature.ToArray<double>(), Is.EqualTo(new[] { 26.0, 19, 14, 11 }));
        Assert.That(() => third.Gradient(curvature, x), Throws.TypeOf<NotSupportedException>().With.Message.Contains("third derivative"));
    }
}
