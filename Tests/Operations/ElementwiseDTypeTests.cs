using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>Which dtype elementwise operations give, and their values on dtypes other than floating point.</summary>
public class ElementwiseDTypeTests
{
    [TestCase(DType.Bool, DType.Bool, DType.Int32)]
    [TestCase(DType.UInt8, DType.UInt8, DType.UInt8)]
    [TestCase(DType.UInt8, DType.Int32, DType.Int32)]
    [TestCase(DType.Int32, DType.Int64, DType.Int64)]
    [TestCase(DType.Int64, DType.Float32, DType.Float32)]
    [TestCase(DType.Float32, DType.Float64, DType.Float64)]
    public void Arithmetic_TwoDTypes_GivesTheWider(DType a, DType b, DType expected)
    {
        var (left, right) = (Tensor.Ones([3], a), Tensor.Ones([3], b));
        Assert.That((left + right).DType, Is.EqualTo(expected));
        Assert.That((right * left).DType, Is.EqualTo(expected));
        Assert.That(left.MultiplyAdd(right, left).DType, Is.EqualTo(expected));
        Assert.That(left.MultiplyAdd(left, right).ToDoubles(), Is.All.EqualTo(2));
        Assert.That(left.Maximum(right).DType, Is.EqualTo(expected));
        Assert.That((left < right).DType, Is.EqualTo(DType.Bool));
    }

    [Test]
    public void Arithmetic_IntegerAndNumber_StaysIntegerUnlessThereIsAFraction()
    {
        var x = Tensor.From(1, 2, 3);
        Assert.That((x * 2).ToArray<int>(), Is.EqualTo(new[] { 2, 4, 6 }));
        Assert.That((10 - x).ToArray<int>(), Is.EqualTo(new[] { 9, 8, 7 }));
        Assert.That((x + 0.5).ToArray<float>(), Is.EqualTo(new[] { 1.5f, 2.5f, 3.5f }));
        Assert.That((-x).ToArray<int>(), Is.EqualTo(new[] { -1, -2, -3 }));
        Assert.That(x.Pow(3).ToArray<int>(), Is.EqualTo(new[] { 1, 8, 27 }));
        Assert.That(x.FloorModulo(2).ToArray<int>(), Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public void Division_Integers_GivesFloat32()
    {
        var x = Tensor.From(1, 2, 3);
        Assert.That((x / 2).ToArray<float>(), Is.EqualTo(new[] { 0.5f, 1, 1.5f }));
        Assert.That((x / x).ToArray<float>(), Is.EqualTo(new[] { 1f, 1, 1 }));
        Assert.That((6 / x).ToArray<float>(), Is.EqualTo(new[] { 6f, 3, 2 }));
    }

    [Test]
    public void Functions_Integers_GiveFloat32WhereTheResultIsNotAnInteger()
    {
        var x = Tensor.From(0, 4);
        Assert.That(x.Sqrt().ToArray<float>(), Is.EqualTo(new[] { 0f, 2 }));
        Assert.That(x.Sigmoid().DType, Is.EqualTo(DType.Float32));
        Assert.That(x.Relu().DType, Is.EqualTo(DType.Int32));
        Assert.That(x.Clip(1, 3).ToArray<int>(), Is.EqualTo(new[] { 1, 3 }));
        Assert.That((Tensor.From(-5, 7).Abs()).ToArray<int>(), Is.EqualTo(new[] { 5, 7 }));
    }

    [Test]
    public void Bytes_Arithmetic_WrapsAround() =>
        Assert.That((Tensor.From<byte>(200, 7) + Tensor.From<byte>(100, 1)).ToArray<byte>(), Is.EqualTo(new byte[] { 44, 8 }));

    [Test]
    public void Logic_NumbersAndBools_TestForNonZero()
    {
        var a = Tensor.From(0f, 2, 0, -1);
        var b = Tensor.From(false, false, true, true);
        Assert.That(a.LogicalAnd(b).ToArray<bool>(), Is.EqualTo(new[] { false, false, false, true }));
        Assert.That(a.LogicalOr(b).ToArray<bool>(), Is.EqualTo(new[] { false, true, true, true }));
        Assert.That(a.LogicalNot().ToArray<bool>(), Is.EqualTo(new[] { true, false, true, false }));
        Assert.That(b.Equal(b.LogicalNot()).ToArray<bool>(), Is.All.False);
    }

    [Test]
    public void Where_ConditionOfNumbersAndMixedDTypes_Promotes()
    {
        var y = Tensor.Where(Tensor.From(0, 5), Tensor.From(1, 2), Tensor.From(0.5f, 0.25f));
        Assert.That(y.ToArray<float>(), Is.EqualTo(new[] { 0.5f, 2 }));
    }

    [Test]
    public void Where_NaNInTheValuesNotChosen_DoesNotReachTheGradient()
    {
        var x = Tensor.From(-1f, 4);
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = Tensor.Where(x > 0, x.Sqrt(), Tensor.From(0f));
        Assert.That(y.ToArray<float>(), Is.EqualTo(new[] { 0f, 2 }));
        // √ of a negative number has a NaN derivative, and 0 · NaN is NaN: the guard belongs before the root.
        Assert.That(tape.Gradient(y, x)!.ToArray<float>()[1], Is.EqualTo(0.25f));
    }

    [Test]
    public void Clip_MinimumAboveMaximum_IsRefused() =>
        Assert.That(() => Tensor.From(1f).Clip(2, 1), Throws.ArgumentException.With.Message.Contains("2 and 1"));

    [Test]
    public void Cast_ThroughInteger_HasNoGradient()
    {
        var x = Tensor.From(1.5f);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.That(tape.Gradient(x.Cast(DType.Int32).Cast(DType.Float32), x), Is.Null);
    }

    [Test]
    public void Gradient_SharedOperand_AddsUp()
    {
        var x = Tensor.From(3f);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.That(tape.Gradient(x * x + x, x)!.ToArray<float>()[0], Is.EqualTo(7));
    }

    [Test]
    public void ThirdDerivative_OfExp_IsExp()
    {
        var x = Tensor.From(0.5);
        using var outer = new GradientTape();
        using var middle = new GradientTape();
        using var inner = new GradientTape();
        outer.Watch(x);
        middle.Watch(x);
        inner.Watch(x);
        var first = inner.Gradient(x.Exp(), x)!;
        var second = middle.Gradient(first, x)!;
        Assert.That(outer.Gradient(second, x)!.ToScalar(), Is.EqualTo(Math.Exp(0.5)).Within(1e-12));
    }
}
