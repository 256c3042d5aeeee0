using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>The words of errors that users of Keras know, and the remedies.</summary>
public class LinearErrorTests
{
    [Test]
    public void Convolution_KernelLargerThanInput_SaysThatNothingIsLeft()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros([1, 2, 9, 3]).Conv2D(Tensor.Zeros([3, 3, 3, 8])))!;
        Assert.That(error.Message, Is.EqualTo(
            "conv2d: Computed output size would be zero or negative; got input [1, 2, 9, 3], kernel [3, 3, 3, 8]. "
            + "Hint: padding \"same\" keeps the size, or use a smaller kernel."));
    }

    [Test]
    public void Pooling_WindowLargerThanInput_NamesTheWindow()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros([1, 2, 2, 3]).MaxPool2D((3, 2)))!;
        Assert.That(error.Message, Does.Contain("Computed output size would be zero or negative").And.Contain("window [3, 2]"));
    }

    [Test]
    public void Groups_NotDividingTheFilters_AreNamed()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros([1, 4, 4, 4]).Conv2D(Tensor.Zeros([1, 1, 2, 3]), groups: 2))!;
        Assert.That(error.Message, Does.Contain("multiple of 2 groups").And.Contain("[1, 1, 2, 3]"));
    }

    [TestCase(false, false, "columns of A must equal rows of B")]
    [TestCase(true, false, "rows of A must equal rows of B")]
    [TestCase(false, true, "columns of A must equal columns of B")]
    [TestCase(true, true, "rows of A must equal columns of B")]
    public void MatMul_InnerSizesDiffer_SaysWhichAxes(bool transposeA, bool transposeB, string rule)
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros([3, 4]).MatMul(Tensor.Zeros([5, 6]), transposeA, transposeB))!;
        Assert.That(error.Message, Does.Contain(rule).And.Contain("A [3, 4], B [5, 6]"));
    }

    [Test]
    public void MatMul_Integers_AreRefusedByName()
    {
        var error = Assert.Throws<DTypeException>(() => Tensor.Ones([2, 2], DType.Int32).MatMul(Tensor.Ones([2, 2], DType.Int32)))!;
        Assert.That(error.Message, Does.Contain("matmul").And.Contain("int32"));
    }
}
