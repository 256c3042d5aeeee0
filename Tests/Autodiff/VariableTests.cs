using NUnit.Framework;

namespace GpuKeras.Tests.Autodiff;

/// <summary>Variables that are added to: in place where the other side fits.</summary>
public class VariableTests
{
    [Test]
    public void AssignAdd_OfItsShape_TakesNoMemory()
    {
        var (v, x) = (new Variable(Tensor.From(1f, 2f)), Tensor.From(10f, 20f));
        using var scope = new TensorScope();
        var before = v.Device.Memory.LiveTensors;
        v.AssignAdd(x);
        v.AssignSubtract(Tensor.From(1f, 1f));
        Assert.That(v.Device.Memory.LiveTensors, Is.EqualTo(before + 1), "the number that was subtracted");
        Assert.That(v.ToArray<float>(), Is.EqualTo(new[] { 10f, 21f }));
    }

    [Test]
    public void AssignAdd_OfItself_Doubles()
    {
        var v = new Variable(Tensor.From(1f, -2f));
        v.AssignAdd(v);
        Assert.That(v.ToArray<float>(), Is.EqualTo(new[] { 2f, -4f }));
        v.AssignSubtract(v);
        Assert.That(v.ToArray<float>(), Is.EqualTo(new[] { 0f, 0f }));
    }

    [Test]
    public void AssignAdd_OfAnotherDTypeOrShape_ConvertsAndRepeats()
    {
        var v = new Variable(Tensor.From(1.5f, 2.5f));
        v.AssignAdd(Tensor.From(1, 2));
        v.AssignSubtract(Tensor.Scalar(0.5));
        Assert.That(v.ToArray<float>(), Is.EqualTo(new[] { 2f, 4f }));
        var bytes = new Variable(Tensor.From<byte>([1, 2], [2]), trainable: false);
        bytes.AssignAdd(Tensor.From<byte>([3, 4], [2]));
        Assert.That(bytes.ToArray<byte>(), Is.EqualTo(new byte[] { 4, 6 }));
    }

    [Test]
    public void AssignAdd_OfALargerShape_NamesBoth() => Assert.That(
        static () => new Variable(Tensor.From(1f, 2f)).AssignAdd(Tensor.Ones([3, 2])),
        Throws.TypeOf<ShapeException>().With.Message.Contains("[2]").And.Message.Contains("[3, 2]"));
}
