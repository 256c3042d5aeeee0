using GpuKeras.Layers;
using GpuKeras.Optimizers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>Tensors on an OpenCL device beside tensors on the CPU.</summary>
[NonParallelizable]
public class OpenClTensorTests
{
    private Device device = null!;
    private IDisposable? selection;

    [SetUp]
    public void UseDevice()
    {
        device = TestDevices.OpenCl;
        selection = Device.Use(device.Name);
    }

    [TearDown]
    public void RestoreDevice() => selection?.Dispose();

    [Test]
    public void To_MovesValuesThereAndBack()
    {
        var x = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.That(x.Device, Is.SameAs(device));
        var onHost = x[1..].To("cpu");
        Assert.That(onHost.Device.Kind, Is.EqualTo("cpu"));
        Assert.That(onHost.ToArray<float>(), Is.EqualTo(new float[] { 4, 5, 6 }));
        Assert.That(onHost.To(device).ToArray<float>(), Is.EqualTo(new float[] { 4, 5, 6 }));
        Assert.That(() => x.AsSpan<float>(), Throws.InstanceOf<DeviceException>().With.Message.Contains(device.Name));
    }

    [Test]
    public void TensorsOfTwoDevices_InOneOperation_AreAnErrorThatNamesBoth()
    {
        var (here, there) = (Tensor.Ones([2, 2]), Tensor.Ones([2, 2]).To("cpu"));
        AssertNamesBoth(() => here + there);
        AssertNamesBoth(() => there.MatMul(here));
        AssertNamesBoth(() => Tensor.Concat([here, there]));
        AssertNamesBoth(() => here.MultiplyAdd(here, there));
        var variable = new Variable(here);
        AssertNamesBoth(() =>
        {
            new SGD(0.1).ApplyGradients([there], [variable]);
            return variable;
        });
        variable.Assign(there * 3);
        Assert.That(variable.ToArray<float>(), Is.All.EqualTo(3), "a variable takes values from anywhere");
    }

    // Tensors of one size, so that threads share the pool's memory; values that come from the host and go back; faults that may be reported.
    [Test]
    public void Operations_OnManyThreads_GiveEachItsResults()
    {
        const int threads = 4, steps = 300, length = 500;
        var name = device.Name;
        Task.WaitAll([.. Enumerable.Range(1, threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                using var here = Device.Use(name);
                var places = Enumerable.Range(0, length).Select(static i => length - 1 - i).ToArray();
                for (var step = 0; step < steps; step++)
                {
                    using var scope = new TensorScope();
                    var values = Enumerable.Range(0, length).Select(i => (float)(i + step * thread)).ToArray();
                    var result = (Tensor.From(values) * thread).Gather(Tensor.From(places)) + step;
                    Assert.That(
                        result.ToArray<float>(), Is.EqualTo(places.Select(place => values[place] * thread + step)), $"thread {thread}, {step}");
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
    }

    [Test]
    public void IndexOutOfRange_IsThrownWhenTheResultIsRead_AndTheDeviceWorksOn()
    {
        var x = Tensor.From<float>(1, 2, 3);
        var bad = x.Gather(Tensor.From(0, 7));
        Assert.That(() => bad.ToArray<float>(), Throws.InstanceOf<IndexOutOfRangeException>().With.Message.Contains('7'));
        x.Gather(Tensor.From(0, 8));
        Assert.That(() => device.Synchronize(), Throws.InstanceOf<IndexOutOfRangeException>().With.Message.Contains('8'));
        Assert.That(x.Gather(Tensor.From(2, 0)).ToArray<float>(), Is.EqualTo(new float[] { 3, 1 }));
    }

    [Test]
    public void AfterRunningOutOfMemory_AModelTrains()
    {
        // 1 GiB, 2 GiB, …: one of them is more than the device gives at once, though PoCL takes no memory before it is written to.
        var held = new List<Storage>();
        Assert.That(
            () =>
            {
                for (var gibibytes = 1; gibibytes < 1 << 20; gibibytes *= 2)
                    held.Add(device.Memory.RentScratch((long)gibibytes << 30));
            },
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains(device.Name));
        foreach (var storage in held)
            storage.Release();
        device.Memory.Trim();

        var model = new Sequential([new Dense(8, "relu"), new Dense(1)]);
        model.Compile(optimizer: "adam", loss: "mse");
        var x = new RandomGenerator(1).Normal([64, 4]);
        var y = x.Sum([1], keepDims: true);
        var first = model.TrainOnBatch(x, y)["loss"];
        for (var i = 0; i < 50; i++)
            model.TrainOnBatch(x, y);
        Assert.That(model.TrainOnBatch(x, y)["loss"], Is.LessThan(first));
    }

    private void AssertNamesBoth(Func<Tensor> operation) =>
        Assert.That(
            () => operation(),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("cpu").And.Message.Contains(device.Name)
                .And.Message.Contains("To(device)"));
}
