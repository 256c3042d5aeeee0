extern alias Ilgpu;
using System.Reflection;
using Ilgpu::GpuKeras.Ilgpu;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using NUnit.Framework;

namespace GpuKeras.Tests.Ilgpu;

/// <summary>ILGPU compiles each body of the kernel cases for devices that need not be there. What it rejects is skipped, with its reason.</summary>
[NonParallelizable]
public sealed class AcceptanceTests
{
    private static readonly KernelBuilder Ptx = new(
        static context => new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!));

    private static readonly KernelBuilder OpenCl = new(
        static context => new CLBackend(context, new CLCapabilityContext(false, true, true, true, false), CLDeviceVendor.Other, new CLCVersion(2, 0)));

    public static IEnumerable<TestCaseData> All => Bodies.All
        .Select(static body => new TestCaseData(body.Key, body.Value).SetArgDisplayNames($"{body.Key.DeclaringType}.{body.Key.Name} {body.Key.GetParameters()[^1].ParameterType}"));

    [TestCaseSource(nameof(All))]
    public void Body_CompilesToPtx(MethodInfo body, bool hasIndex)
    {
        var kernel = (PTXCompiledKernel)Build(Ptx, body, hasIndex);
        Assert.That(kernel.PTXAssembly, Does.Contain(".visible .entry").And.Contain("ret;"));
    }

    [TestCaseSource(nameof(All))]
    public void Body_CompilesToOpenClC(MethodInfo body, bool hasIndex)
    {
        var kernel = (CLCompiledKernel)Build(OpenCl, body, hasIndex);
        Assert.That(kernel.Source, Does.Contain("kernel void"));
    }

    private static ILGPU.Backends.CompiledKernel Build(KernelBuilder builder, MethodInfo body, bool hasIndex)
    {
        var twin = Twins.Of(body);
        try
        {
            return builder.Build(twin, hasIndex);
        }
        catch (KernelCompilationException rejected)
        {
            Assert.Ignore(rejected.Message);
            throw;
        }
    }
}
