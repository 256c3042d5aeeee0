using NUnit.Framework;

namespace GpuKeras.Tests.Tensors;

[NonParallelizable]
public class TensorScopeTests
{
    private static MemoryPool Memory => Device.Current.Memory;

    // What other tests left to the collector must not come back while one counts.
    [SetUp]
    public void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Test]
    public void Dispose_GivesBackEverythingMadeInside()
    {
        var (bytes, tensors) = (Memory.LiveBytes, Memory.LiveTensors);
        using (new TensorScope())
        {
            var x = Tensor.Ones([1000]);
            _ = x + x;
            Assert.That(Memory.LiveTensors, Is.GreaterThanOrEqualTo(tensors + 2));
        }
        Assert.That((Memory.LiveBytes, Memory.LiveTensors), Is.EqualTo((bytes, tensors)));
    }

    [Test]
    public void UseAfterScope_IsAnErrorThatNamesTheRemedy()
    {
        Tensor leaked;
        using (new TensorScope())
            leaked = Tensor.Ones([3]);
        Assert.That(() => leaked.ToArray<float>(), Throws.InstanceOf<ObjectDisposedException>().With.Message.Contains("Keep()"));
        Assert.That(() => leaked + 1, Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Keep_MovesATensorToTheEnclosingScope()
    {
        Tensor kept;
        using (new TensorScope())
        {
            using (new TensorScope())
                kept = Tensor.Full([2], 7).Keep();
            Assert.That(kept.ToArray<float>(), Is.EqualTo(new float[] { 7, 7 }));
        }
        Assert.That(() => kept.ToArray<float>(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Keep_OfAView_KeepsItsSource()
    {
        Tensor view;
        using (new TensorScope())
            view = Tensor.Range(0, 6).Reshape([2, 3]).Keep();
        Assert.That(view.ToArray<int>(), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void Variable_MadeInside_OutlivesTheScope()
    {
        Variable variable;
        using (new TensorScope())
        {
            variable = new Variable(Tensor.From(1f, 2f));
            variable.AssignAdd(Tensor.Ones([2]));
        }
        Assert.That(variable.ToArray<float>(), Is.EqualTo(new float[] { 2, 3 }));
    }

    [Test]
    public void Dispose_OfOneTensor_LeavesItsViewsAlive()
    {
        var tensor = Tensor.Range(0, 4);
        var view = tensor.Reshape([2, 2]);
        tensor.Dispose();
        Assert.That(view.ToArray<int>(), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(() => tensor.ToArray<int>(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void DisposedMemory_ThatIsReused_DoesNotComeBackToItsOldTensor()
    {
        var old = Tensor.Full([100], 1);
        old.Dispose();
        var other = Tensor.Full([100], 2);
        Assert.That(() => old.ToArray<float>(), Throws.InstanceOf<ObjectDisposedException>());
        old.Dispose();
        Assert.That(other.ToArray<float>(), Has.All.EqualTo(2f));
    }

    [Test]
    public void OuterScope_ClosedFirst_IsAnError()
    {
        var outer = new TensorScope();
        var inner = new TensorScope();
        Assert.That(outer.Dispose, Throws.InvalidOperationException);
        inner.Dispose();
        outer.Dispose();
    }

    [Test]
    public void ScopesInALoop_AllocateNothingFromTheSystem()
    {
        void Step()
        {
            using var scope = new TensorScope();
            var x = Tensor.Ones([1000]);
            for (var i = 0; i < 10; i++)
                x = x * 2;
        }
        Step();
        var before = Memory.LiveBytes + Memory.PooledBytes;
        for (var i = 0; i < 100; i++)
            Step();
        Assert.That(Memory.LiveBytes + Memory.PooledBytes, Is.EqualTo(before));
    }

    [Test]
    public void UndisposedTensors_ComeBackThroughTheCollector()
    {
        const int count = 400;
        const int bytes = 4 << 20;
        long peak = 0;
        var start = Memory.LiveBytes;
        for (var i = 0; i < count; i++)
        {
            MakeGarbage(bytes);
            peak = Math.Max(peak, Memory.LiveBytes - start);
        }
        TestContext.Out.WriteLine($"{(long)count * bytes >> 20} MiB of garbage, at most {peak >> 20} MiB live at once");
        Assert.That(peak, Is.LessThan((long)count * bytes / 2));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void MakeGarbage(int bytes) => _ = Tensor.Ones([bytes / 4]);
}
