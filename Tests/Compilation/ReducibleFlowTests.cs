using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation;

/// <summary>
/// Every loop of every kernel is entered at one block: what OpenCL C leaves to each implementation otherwise ("irreducible control flow",
/// OpenCL C 1.2, section 6.9), as compilers for GPUs find loops and branches again from the jumps that the emitter writes.
/// </summary>
public sealed class ReducibleFlowTests
{
    [Test]
    public void Kernels_HaveReducibleFlow([Values] bool cpuLike)
    {
        var bodies = BodyCollectorBench.Collect(cpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike);
        Assert.That(bodies.Where(static body => !IsReducible(Flow(KernelCompiler.Translate(body)))).Select(Failure.Name), Is.Empty);
    }

    // 0 → 1 and 2, which lead to each other.
    [Test]
    public void LoopWithTwoEntries_IsFound()
    {
        Assert.That(IsReducible([[1, 2], [2], [1]]), Is.False);
        Assert.That(IsReducible([[1], [2, 3], [1], []]), Is.True);
    }

    private static HashSet<int>[] Flow(KernelFunction function)
    {
        var numbers = function.Blocks.Select(static (block, number) => (block, number)).ToDictionary();
        return [.. function.Blocks.Select(block => block.Terminator.Successors.Select(next => numbers[next]).ToHashSet())];
    }

    // Hecht and Ullman: a graph is reducible if removing loops of one block, and joining blocks to their only predecessors, leaves one block.
    private static bool IsReducible(HashSet<int>[] successors)
    {
        var predecessors = Array.ConvertAll(successors, static _ => new HashSet<int>());
        for (var block = 0; block < successors.Length; block++)
            Array.ForEach([.. successors[block]], next => predecessors[next].Add(block));
        var left = Enumerable.Range(0, successors.Length).ToHashSet();
        while (left.FirstOrDefault(block => block != 0 && Only(predecessors[block], block) is not null) is var joined and > 0)
        {
            var before = Only(predecessors[joined], joined)!.Value;
            successors[before].Remove(joined);
            foreach (var next in successors[joined].Where(next => next != joined))
            {
                successors[before].Add(next);
                predecessors[next].Remove(joined);
                predecessors[next].Add(before);
            }
            left.Remove(joined);
        }
        return left.Count == 1;
    }

    // The one block that leads to another from outside it, if there is one.
    private static int? Only(HashSet<int> predecessors, int block) =>
        predecessors.Count - (predecessors.Contains(block) ? 1 : 0) == 1 ? predecessors.Single(before => before != block) : null;
}
