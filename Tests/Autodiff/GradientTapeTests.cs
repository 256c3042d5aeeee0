using NUnit.Framework;

namespace GpuKeras.Tests.Autodiff;

public class GradientTapeTests
{
    [Test]
    public void Gradient_OfACube_IsThreeXSquared()
    {
        var v = new Variable(Tensor.From(1f, 2f, 3f));
        using var tape = new GradientTape();
        Assert.That(tape.Gradient(v * v * v, v)!.ToArray<float>(), Is.EqualTo(new float[] { 3, 12, 27 }));
    }

    [Test]
    public void NestedTapes_GiveSecondAndThirdDerivatives()
    {
        var v = new Variable(Tensor.From(1f, 2f, 3f));
        using var outermost = new GradientTape();
        using var outer = new GradientTape();
        using var inner = new GradientTape();
        var first = inner.Gradient(v * v * v, v)!;
        var second = outer.Gradient(first, v)!;
        var third = outermost.Gradient(second, v)!;
        Assert.That(second.ToArray<float>(), Is.EqualTo(new float[] { 6, 12, 18 }));
        Assert.That(third.ToArray<float>(), Is.EqualTo(new float[] { 6, 6, 6 }));
    }

    [Test]
    public void UnusedVariable_HasNoGradient()
    {
        var used = new Variable(Tensor.Ones([2]));
        var unused = new Variable(Tensor.Ones([2]));
        using var tape = new GradientTape();
        var gradients = tape.Gradient(used * 2, [used, unused]);
        Assert.That(gradients[0]!.ToArray<float>(), Is.EqualTo(new float[] { 2, 2 }));
        Assert.That(gradients[1], Is.Null);
    }

    [Test]
    public void FrozenVariableAndPlainTensor_AreFollowedOnlyIfWatched()
    {
        var frozen = new Variable(Tensor.Ones([2]), trainable: false);
        var input = Tensor.Ones([2]);
        using (var tape = new GradientTape())
            Assert.That(tape.Gradient(frozen * input, [frozen, input]), Has.All.Null);
        using (var tape = new GradientTape())
        {
            tape.Watch(frozen);
            tape.Watch(input);
            Assert.That(tape.Gradient(frozen * input * 3, [frozen, input]), Has.All.Not.Null);
        }
    }

    [Test]
    public void VariableUsedTwice_SumsItsGradients()
    {
        var v = new Variable(Tensor.From(3f));
        using var tape = new GradientTape();
        Assert.That(tape.Gradient(v * v + v, v)!.ToScalar(), Is.EqualTo(7));
    }

    [Test]
    public void Broadcasting_SumsTheGradientBack()
    {
        var row = new Variable(Tensor.Ones([3]));
        using var tape = new GradientTape();
        Assert.That(tape.Gradient(Tensor.Ones([4, 3]) * row, row)!.ToArray<float>(), Is.EqualTo(new float[] { 4, 4, 4 }));
    }

    [Test]
    public void NonScalarTarget_TakesAnOutputGradient()
    {
        var v = new Variable(Tensor.From(1f, 2f));
        using var tape = new GradientTape();
        var gradient = tape.Gradient(v * v, [v], Tensor.From(10f, 100f))[0]!;
        Assert.That(gradient.ToArray<float>(), Is.EqualTo(new float[] { 20, 400 }));
    }

    [Test]
    public void SecondCall_NeedsAPersistentTape()
    {
        var v = new Variable(Tensor.From(2f));
        using (var tape = new GradientTape())
        {
            var y = v * v;
            tape.Gradient(y, v);
            Assert.That(() => tape.Gradient(y, v), Throws.InvalidOperationException.With.Message.Contains("persistent"));
        }
        using (var tape = new GradientTape(persistent: true))
        {
            var y = v * v;
            var z = y * v;
            Assert.That(tape.Gradient(y, v)!.ToScalar(), Is.EqualTo(4));
            Assert.That(tape.Gradient(z, v)!.ToScalar(), Is.EqualTo(12));
        }
    }

    [Test]
    public void StopRecording_LeavesOperationsOut()
    {
        var v = new Variable(Tensor.From(2f));
        using var tape = new GradientTape();
        Tensor constant;
        using (tape.StopRecording())
            constant = v * v;
        Assert.That(tape.Gradient(constant * v, v)!.ToScalar(), Is.EqualTo(4));
    }

    [Test]
    public void StopRecording_WithAGradientInside_StaysStopped()
    {
        var v = new Variable(Tensor.From(2f));
        using var tape = new GradientTape(persistent: true);
        var y = v * v;
        Tensor constant;
        using (tape.StopRecording())
        {
            tape.Gradient(y, v);
            constant = y * 2;
        }
        Assert.That(tape.Gradient(constant, v), Is.Null);
        Assert.That(tape.Gradient(y * 3, v)!.ToScalar(), Is.EqualTo(12), "recorded again afterwards");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AnotherThread_IsToldWhoseTheTapeIs(bool hasTapes)
    {
        var v = new Variable(Tensor.From(2f));
        var tape = new GradientTape();
        var y = v * v;
        var opened = $"opened it, {Environment.CurrentManagedThreadId};";
        OnAnotherThread(() =>
        {
            using var own = hasTapes ? new GradientTape() : null;
            AssertRefused(() => tape.Gradient(y, v), opened);
            AssertRefused(() => tape.Watch(Tensor.Ones([2])), opened);
            AssertRefused(() => tape.StopRecording(), opened);
            AssertRefused(() => tape.Dispose(), opened);
            if (own is not null)
                Assert.That(own.Gradient(v * 3, v)!.ToScalar(), Is.EqualTo(3), "its own tape goes on");
        });
        using var next = new GradientTape();
        Assert.That(next.Gradient(v * v, v)!.ToScalar(), Is.EqualTo(4), "the tape that was left is no obstacle");
    }

    [Test]
    public void StopGradient_MakesAConstant()
    {
        var v = new Variable(Tensor.From(3f));
        using var tape = new GradientTape();
        Assert.That(tape.Gradient((v * v).StopGradient() * v, v)!.ToScalar(), Is.EqualTo(9));
    }

    [Test]
    public void CustomGradient_ReplacesTheDerivedOne()
    {
        var v = new Variable(Tensor.From(3f));
        using var tape = new GradientTape();
        var y = Tensor.CustomGradient([v], static inputs => inputs[0] * inputs[0], static (_, _, gradient) => [gradient * 100]);
        Assert.That(y.ToScalar(), Is.EqualTo(9));
        Assert.That(tape.Gradient(y, v)!.ToScalar(), Is.EqualTo(100));
    }

    [Test]
    public void CustomGradient_OfAWrongShape_NamesBothShapes()
    {
        var v = new Variable(Tensor.Ones([2]));
        using var tape = new GradientTape();
        var y = Tensor.CustomGradient([v], static inputs => inputs[0] * 2, static (_, _, _) => [Tensor.Ones([3])]);
        Assert.That(
            () => tape.Gradient(y, v), Throws.InstanceOf<ShapeException>().With.Message.Contains("[2]").And.Message.Contains("[3]"));
    }

    [Test]
    public void AssignedVariable_BetweenForwardAndGradient_IsAnError()
    {
        var v = new Variable(Tensor.From(3f));
        using var tape = new GradientTape();
        var y = v * v;
        v.Assign(Tensor.From(5f));
        Assert.That(() => tape.Gradient(y, v), Throws.InvalidOperationException.With.Message.Contains("assigned"));
    }

    [Test]
    public void LongChain_NeedsNoStack()
    {
        const int length = 10_000;
        var v = new Variable(Tensor.From(1.0));
        using var tape = new GradientTape();
        Tensor y = v;
        for (var i = 0; i < length; i++)
            y = y * 1.0001;
        Assert.That(tape.Gradient(y, v)!.ToScalar(), Is.EqualTo(Math.Pow(1.0001, length)).Within(1e-10).Percent);
    }

    [Test]
    public void Variable_Value_IsASnapshot()
    {
        var v = new Variable(Tensor.From(1f));
        var before = v.Value;
        v.AssignAdd(Tensor.From(1f));
        Assert.That((before.ToScalar(), v.ToScalar()), Is.EqualTo((1.0, 2.0)));
    }

    [Test]
    public void Variable_ValueOnATape_HasTheVariablesGradient()
    {
        var v = new Variable(Tensor.From(1f, 2f));
        using var tape = new GradientTape();
        Assert.That(tape.Gradient(v.Value.Square(), v)!.ToArray<float>(), Is.EqualTo(new float[] { 2, 4 }));
    }

    [Test]
    public void AssignedState_TakenByValueBefore_IsNoError()
    {
        var (v, state) = (new Variable(Tensor.From(3f)), new Variable(Tensor.From(10f), trainable: false));
        using var tape = new GradientTape();
        var y = v * state.Value;
        state.Assign(Tensor.From(5f));
        Assert.That(tape.Gradient(y, v)!.ToArray<float>(), Is.EqualTo(new[] { 10f }));
    }

    [Test]
    public void Variable_ViewsOfIt_KeepTheirValues()
    {
        var v = new Variable(Tensor.From(1f, 2f));
        var (reshaped, slice, expanded) = (v.Reshape([2, 1]), v[1..], v.ExpandDims(0));
        v.AssignAdd(Tensor.From(10f, 10f));
        Assert.That(reshaped.ToArray<float>(), Is.EqualTo(new float[] { 1, 2 }));
        Assert.That(slice.ToArray<float>(), Is.EqualTo(new float[] { 2 }));
        Assert.That(expanded.ToArray<float>(), Is.EqualTo(new float[] { 1, 2 }));
    }

    [Test]
    public void Variable_ReshapedOnATape_HasAGradient()
    {
        var v = new Variable(Tensor.From(1f, 2f));
        using var tape = new GradientTape();
        Assert.That(tape.Gradient(v.Reshape([2, 1]).Square(), v)!.ToArray<float>(), Is.EqualTo(new float[] { 2, 4 }));
    }

    [Test]
    public void Variable_AssignOfAnotherShape_NamesBoth()
    {
        var v = new Variable(Tensor.Ones([2]), name: "kernel");
        Assert.That(
            () => v.Assign(Tensor.Ones([3])),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("kernel").And.Message.Contains("[2]").And.Message.Contains("[3]"));
    }

    [Test]
    public void Watch_OfIntegers_IsAnError()
    {
        using var tape = new GradientTape();
        Assert.That(() => tape.Watch(Tensor.From(1, 2)), Throws.InstanceOf<DTypeException>().With.Message.Contains("int32"));
    }

    [Test]
    public void Gradient_WithinAGradient_KeepsItsOwn()
    {
        var v = new Variable(Tensor.From(3f));
        using var tape = new GradientTape();
        var square = Tensor.CustomGradient([v], static inputs => inputs[0] * inputs[0], static (inputs, _, gradient) =>
        {
            using var inner = new GradientTape();
            return [gradient * inner.Gradient(inputs[0] * inputs[0], inputs[0])!];
        });
        Assert.That(tape.Gradient(square * v, v)!.ToArray<float>(), Is.EqualTo(new[] { 27f }), "3 v²");
    }

    private static void AssertRefused(Action act, string thread) =>
        Assert.That(() => act(), Throws.InvalidOperationException.With.Message.Contains(thread).And.Message.Contains("await"));

    private static void OnAnotherThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null);
    }
}
