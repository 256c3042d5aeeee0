extern alias Ilgpu;
using System.Reflection;
using GpuKeras.Tests.Support;
using Ilgpu::GpuKeras.Ilgpu;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using NUnit.Framework;

namespace GpuKeras.Tests.Ilgpu;

public sealed class DeviceTests
{
    [Test]
    public void Register_Twice_AddsTheDevicesOnce()
    {
        IlgpuDevices.Register();
        IlgpuDevices.Register();
        Assert.That(Device.List().Count(static device => device.Name == "ilgpu:cpu"), Is.EqualTo(1));
        Assert.That(Device.Get("ilgpu:cpu").Kind, Is.EqualTo("ilgpu:cpu"));
    }

    [TestCase("ilgpu:cuda")]
    [TestCase("ilgpu:opencl")]
    public void Kind_IsThereOrAbsentForAReason(string kind)
    {
        IlgpuDevices.Register();
        if (Device.Absent().FirstOrDefault(absent => absent.Kind == kind) is { } absence)
            Assert.That(() => Device.Get(kind + ":0"), Throws.TypeOf<DeviceException>().With.Message.Contains(absence.Reason));
        else
            Assert.That(Device.Get(kind).Name, Is.EqualTo(kind + ":0"));
    }

    [Test]
    public void Simulator_IsNeverChosenAutomatically()
    {
        var simulator = SuiteRuntime.Simulator;
        Assert.That(Device.Get("auto"), Is.Not.SameAs(simulator));
    }

    [Test]
    public void Tensors_GoThereAndBack()
    {
        var values = Samples.Uniform<float>(1000, 1);
        using var device = Device.Use(SuiteRuntime.Simulator.Name);
        var tensor = Tensor.From<float>(values, [10, 100]);
        Assert.That(tensor.ToArray<float>(), Is.EqualTo(values));
        Assert.That(tensor.Transpose().ToArray<float>()[1], Is.EqualTo(values[100]));
    }

    [Test]
    public void Memory_OfDroppedTensors_GoesBackToThePool()
    {
        var device = SuiteRuntime.Simulator;
        using var use = Device.Use(device.Name);
        // What other tests have dropped without a scope comes back through the garbage collector.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = device.Memory.LiveBytes;
        using (new TensorScope())
            _ = Tensor.Ones([64, 64]) + Tensor.Ones([64, 64]);
        Assert.That(device.Memory.LiveBytes, Is.EqualTo(before));
        Assert.That(device.Memory.PooledBytes, Is.GreaterThanOrEqualTo(3 * 64 * 64 * sizeof(float)));
    }

    [Test]
    public void ABadIndex_IsReportedAsOnTheHost()
    {
        var expected = Assert.Throws<IndexOutOfRangeException>(() => Gather("cpu"))!;
        Assert.That(() => Gather(SuiteRuntime.Simulator.Name), Throws.TypeOf<IndexOutOfRangeException>().With.Message.EqualTo(expected.Message));

        static float[] Gather(string name)
        {
            using var device = Device.Use(name);
            return Tensor.Ones([3, 2]).Gather(Tensor.From<int>([0, 7], [2])).ToArray<float>();
        }
    }

    [Test]
    public void ARejectedKernel_LeavesLaterOnesAlone()
    {
        using var builder = new KernelBuilder(static context => new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!));
        var (good, bad) = (Method(nameof(Shares)), Method(nameof(Rejected)));
        builder.Build(good, hasIndex: true);
        Assert.That(
            () => builder.Build(bad, hasIndex: true),
            Throws.TypeOf<KernelCompilationException>().With.Message.Contains("Throw").And.Message.Contains(nameof(Rejected)));
        builder.Build(good, hasIndex: true);
        Assert.That(builder.Contexts, Is.EqualTo(2));

        static MethodInfo Method(string name) => typeof(DeviceTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
    }

    [Test]
    public void AKernelOfAnotherAssembly_HasNoTwin() => Assert.That(
        static () => Twins.Of(typeof(DeviceTests).GetMethod(nameof(Shares), BindingFlags.NonPublic | BindingFlags.Static)!),
        Throws.TypeOf<KernelCompilationException>().With.Message.Contains("docs/ilgpu.md"));

    private static void Shares(ILGPU.Index1D index, ILGPU.ArrayView<int> y) => y[index] = Half(index);

    private static void Rejected(ILGPU.Index1D index, ILGPU.ArrayView<int> y) => y[index] = Half(Positive(index));

    private static int Half(int value) => value / 2;

    private static int Positive(int value) => value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
