using System.Reflection;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Kernels of other types do without float64, so that devices that lack it run them.</summary>
public sealed class Float64Tests
{
    [Test]
    public void Kernels_OfOtherTypes_DoWithoutFloat64([Values] bool cpuLike)
    {
        var bodies = BodyCollectorBench.Collect(cpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike);
        var others = bodies.Where(static body => !IsOfFloat64(body)).ToArray();
        Assert.That(others, Has.Length.GreaterThan(300));

        var using64 = others.Where(static body => BodyFacts.Of(body).UsesFloat64).Select(Failure.Name);

        Assert.That(using64, Is.Empty);
    }

    private static bool IsOfFloat64(MethodInfo body) =>
        body.GetParameters()[^1].ParameterType is var arguments && Contains(arguments, typeof(double))
        || body.GetGenericArguments().Any(static type => Contains(type, typeof(double)));

    private static bool Contains(Type type, Type searched) =>
        type == searched || type.GetGenericArguments().Any(argument => Contains(argument, searched));
}
