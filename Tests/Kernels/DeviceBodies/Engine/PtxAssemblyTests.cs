using System.Collections.Concurrent;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>NVIDIA's assembler takes the PTX of every kernel; where it is absent, the rules that stand in for it do.</summary>
public sealed class PtxAssemblyTests
{
    [Test]
    public void Ptx_OfEveryKernel_HasLegalForms() => Assert.Multiple(static () =>
    {
        foreach (var module in PtxModules.All)
        {
            var text = new PtxText(module.Text);
            Assert.That(() => text.Instructions.ForEach(instruction => PtxRules.Check(instruction, text)), Throws.Nothing, module.Name);
        }
    });

    [TestCase(80)]
    [TestCase(90)]
    public void Ptx_OfEveryKernel_Assembles(int architecture)
    {
        if (Ptxas.Missing is { } reason)
            Assert.Ignore(reason);
        using var folder = new TemporaryFolder();
        var problems = new ConcurrentBag<string>();
        Parallel.ForEach(PtxModules.All, (module, _, number) =>
        {
            var file = folder.File($"{number}-{module.Name}.ptx");
            File.WriteAllText(file, module.Text);
            if (Ptxas.Assemble(file, architecture) is { } problem)
                problems.Add($"{module.Name}: {problem}");
        });
        Assert.That(problems, Is.Empty);
    }
}
