extern alias Ilgpu;
using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using Ilgpu::GpuKeras.Ilgpu;
using NUnit.Framework;

namespace GpuKeras.Tests.Ilgpu;

public class Explore
{
    [Test, Explicit]
    public void Ptx()
    {
        var profile = new DeviceProfile { IsCpuLike = false, MaxGroupSize = 256, SharedMemoryBytes = 48 << 10, Multiprocessors = 4 };
        using var bench = new CollectingBench(profile);
        foreach (var kernelCase in KernelCases.All)
            kernelCase.Run(bench);
        TestContext.Out.WriteLine($"{KernelCases.All.Count()} cases, {bench.Bodies.Count} bodies");
        using var builder = new KernelBuilder("test", context => new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!));
        var reasons = new Dictionary<string, List<string>>();
        var good = 0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var (body, indexed) in bench.Bodies)
        {
            try
            {
                File.AppendAllText("/tmp/bodies.txt", $"{body.DeclaringType}.{body.Name}\n");
                builder.Build(Twins.Of(body), indexed);
                good++;
            }
            catch (Exception e)
            {
                var text = e is KernelBuildException b ? b.Log : e.ToString();
                var key = text.Split('\n')[0].Split(" <- ")[0];
                if (!reasons.TryGetValue(key, out var list))
                    reasons[key] = list = [];
                File.AppendAllText("/tmp/bodies.txt", $"   REJECTED {text}\n");
                list.Add($"{body.DeclaringType}.{body.Name}: {text}");
            }
        }
        TestContext.Out.WriteLine($"good {good} of {bench.Bodies.Count} in {watch.Elapsed.TotalSeconds:F1} s, contexts {builder.Contexts}");
        foreach (var (key, list) in reasons.OrderByDescending(static r => r.Value.Count))
            TestContext.Out.WriteLine($"{list.Count} x {key}\n    e.g. {list[0]}");
    }
}
