using NUnit.Framework;

namespace GpuKeras.Tests.Tensors;

public class ShapeTests
{
    [Test]
    public void CollectionExpression_GivesSizesInOrder()
    {
        Shape shape = [2, 3, 4];
        Assert.That(shape.ToArray(), Is.EqualTo(new[] { 2, 3, 4 }));
        Assert.That((shape.Rank, shape.Size, shape[^1]), Is.EqualTo((3, 24L, 4)));
        Assert.That(shape[1..].ToArray(), Is.EqualTo(new[] { 3, 4 }));
    }

    [Test]
    public void Scalar_HasOneElementAndNoAxes()
    {
        Assert.That((Shape.Scalar.Rank, Shape.Scalar.Size), Is.EqualTo((0, 1L)));
        Assert.That(Shape.Scalar.ToString(), Is.EqualTo("[]"));
    }

    [Test]
    public void Edits_ReturnNewShapes()
    {
        Shape shape = [2, 3];
        Assert.That(shape.WithLast(7), Is.EqualTo(new Shape(2, 7)));
        Assert.That(shape.Insert(0, 5), Is.EqualTo(new Shape(5, 2, 3)));
        Assert.That(shape.Insert(-1, 5), Is.EqualTo(new Shape(2, 3, 5)));
        Assert.That(shape.Remove(-2), Is.EqualTo(new Shape(3)));
        Assert.That(shape.Concat([4, 5]), Is.EqualTo(new Shape(2, 3, 4, 5)));
        Assert.That(shape, Is.EqualTo(new Shape(2, 3)));
    }

    [Test]
    public void UnknownSize_PrintsAsNoneAndHasNoElementCount()
    {
        Shape shape = [Shape.Unknown, 28, 28];
        Assert.That(shape.ToString(), Is.EqualTo("[None, 28, 28]"));
        Assert.That(shape.ToKerasString(), Is.EqualTo("(None, 28, 28)"));
        Assert.That(new Shape(10).ToKerasString(), Is.EqualTo("(10,)"));
        Assert.That(() => shape.Size, Throws.InvalidOperationException.With.Message.Contains("[None, 28, 28]"));
    }

    [Test]
    public void Size_OfMoreElementsThanALongCounts_IsAnError()
    {
        Assert.That(new Shape(int.MaxValue, int.MaxValue, 2).Size, Is.EqualTo((long)int.MaxValue * int.MaxValue * 2));
        Assert.That(() => new Shape(1 << 21, 1 << 21, 1 << 21).Size, Throws.InstanceOf<OverflowException>().With.Message.Contains("2^63"));
        Assert.That(() => new Shape(1 << 16, 1 << 16, 1 << 16, 1 << 16).Size, Throws.InstanceOf<OverflowException>());
        Assert.That(new Shape(1 << 21, 1 << 21, 1 << 21, 0).Size, Is.Zero);
    }

    [Test]
    public void BadSizesAndAxes_AreNamedInTheError()
    {
        Assert.That(() => new Shape(2, -2), Throws.ArgumentException.With.Message.Contains("(2, -2)"));
        Assert.That(() => new Shape(1, 1, 1, 1, 1, 1, 1, 1, 1), Throws.ArgumentException.With.Message.Contains("at most 8"));
        Assert.That(
            () => new Shape(2, 3).Axis(2),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("axis 2").And.Message.Contains("[2, 3]"));
        Assert.That(() => new Shape(2, 3)[2], Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("[2, 3]"));
    }

    [Test]
    public void Equality_IsBySizes()
    {
        Assert.That(new Shape(2, 3) == new Shape(2, 3), Is.True);
        Assert.That(new Shape(2, 3) != new Shape(3, 2), Is.True);
        Assert.That(new Shape(2, 3) == new Shape(2, 3, 1), Is.False);
        Assert.That(new Shape(2, 3).GetHashCode(), Is.EqualTo(new Shape(2, 3).GetHashCode()));
    }

    [Test]
    public void SymbolicShapes_MergeKeepsWhatBothProbesShare()
    {
        Shape symbolic = [Shape.Unknown, 4];
        var first = SymbolicShapes.Replace(symbolic, SymbolicShapes.FirstProbe);
        var second = SymbolicShapes.Replace(symbolic, SymbolicShapes.SecondProbe);
        Assert.That(first, Is.EqualTo(new Shape(SymbolicShapes.FirstProbe, 4)));
        Assert.That(SymbolicShapes.Merge(first, second), Is.EqualTo(symbolic));
    }
}
