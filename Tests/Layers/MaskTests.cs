using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

public class MaskTests
{
    private static Tensor Steps => Tensor.From(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3, 1]);

    private static Tensor Mask => Tensor.From(new[] { true, true, false, true, false, false }, [2, 3]);

    [Test]
    public void GlobalAveragePooling1D_LeavesMaskedStepsOut() =>
        Assert.That(new GlobalAveragePooling1D().Apply(Steps, mask: Mask).ToArray<float>(), Is.EqualTo(new[] { 1.5f, 4f }));

    [Test]
    public void SupportingLayers_PassTheMaskOn_OthersDropIt()
    {
        Assert.That(new Dense(2).Apply(Steps, mask: Mask).Mask, Is.SameAs(Mask).Or.Not.Null);
        Assert.That(new ReLU().Apply(Steps, mask: Mask).Mask, Is.Not.Null);
        Assert.That(new GlobalAveragePooling1D().Apply(Steps, mask: Mask).Mask, Is.Null);
        Assert.That(new Flatten().Apply(Steps, mask: Mask).Mask, Is.Null);
    }

    [Test]
    public void Softmax_GivesMaskedEntriesZero()
    {
        var mask = Tensor.From(new[,] { { true, false, true }, { false, false, false } });
        var output = new Softmax().Apply(Tensor.From(new float[,] { { 0, 9, 0 }, { 1, 2, 3 } }), mask: mask);
        Assert.That(output.ToArray<float>(), Is.EqualTo(new[] { 0.5f, 0, 0.5f, 0, 0, 0 }).Within(1e-6));
    }

    [Test]
    public void Multiply_CountsMaskedFactorsAsOne_AndIsZeroWhereAllAreMasked()
    {
        var other = Tensor.From(new[] { true, false, false, false, true, false }, [2, 3]);
        var output = new Multiply().ApplyAll(TensorStructure.FromList([Steps, Steps * 10]), masks: [Mask, other])[0];
        Assert.That(output.ToArray<float>(), Is.EqualTo(new float[] { 10, 2, 0, 4, 50, 0 }));
        Assert.That(output.Mask!.ToArray<bool>(), Is.EqualTo(new[] { true, true, false, true, true, false }));
    }

    [Test]
    public void Maximum_LeavesAMaskedInputOut()
    {
        var other = Tensor.From(new[] { true, false, true, true, true, true }, [2, 3]);
        var output = new Maximum().ApplyAll(TensorStructure.FromList([Steps, 10 - Steps]), masks: [Mask, other])[0];
        Assert.That(output.ToArray<float>(), Is.EqualTo(new float[] { 9, 2, 7, 6, 5, 4 }));
    }

    [Test]
    public void Concatenate_JoinsMasksAlongSteps_AndUnitesThemAlongFeatures()
    {
        var pair = TensorStructure.FromList([Steps, Steps]);
        var joined = new Concatenate(axis: 1).ApplyAll(pair, masks: [Mask, null])[0];
        Assert.That(joined.Mask!.ToArray<bool>()[..6], Is.EqualTo(new[] { true, true, false, true, true, true }));
        var united = new Concatenate().ApplyAll(pair, masks: [Mask, Mask])[0];
        Assert.That(united.Mask!.ToArray<bool>(), Is.EqualTo(Mask.ToArray<bool>()));
    }
}
