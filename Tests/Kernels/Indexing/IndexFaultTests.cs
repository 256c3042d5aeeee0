using GpuKeras.Kernels;
using GpuKeras.Kernels.Indexing;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Indexing;

/// <summary>A device body with a bad index reports it as the host does.</summary>
public sealed class IndexFaultTests
{
    private static readonly int[] Indices = [1, 3, 0];

    [TestCase(false)]
    [TestCase(true)]
    public void Gather_WithABadIndex_NamesIt(bool cpuLike)
    {
        using var x = new HostArray<float>(Samples.Floats(3 * 16));
        using var y = new HostArray<float>(3 * 16);
        using var indices = new HostArray<int>(Indices);
        var kernel = new GatherKernel<float, int>(x, indices, y, 1, 3, 16);
        AssertFault(cpuLike, kernel, "gather index: must lie in 0 to 2 (limit 3); got 3 at position 1.");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ScatterAdd_WithABadIndex_NamesIt(bool cpuLike)
    {
        using var y = new HostArray<float>(3 * 2);
        using var updates = new HostArray<float>(Samples.Floats(3 * 2));
        using var indices = new HostArray<int>(Indices);
        var kernel = new ScatterAddKernel<float, int>(y, indices, updates, 1, 3, 2);
        AssertFault(cpuLike, kernel, "scatter index: must lie in 0 to 2 (limit 3); got 3 at position 1.");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AlongAxis_WithABadIndex_NamesIt(bool cpuLike)
    {
        using var x = new HostArray<float>(Samples.Floats(3));
        using var y = new HostArray<float>(3);
        using var indices = new HostArray<int>([1, -1, 0]);
        AssertFault(
            cpuLike, new TakeAlongAxisKernel<float, int>(x, indices, y, 3, 3, 1),
            "take-along-axis index: must lie in 0 to 2 (limit 3); got -1 at position 1.");
        AssertFault(
            cpuLike, new AddAlongAxisKernel<float, int>(y, indices, x, 1, 3, 3, 1),
            "add-along-axis index: must lie in 0 to 2 (limit 3); got -1 at position 1.");
    }

    private static void AssertFault<TKernel>(bool cpuLike, TKernel kernel, string message)
        where TKernel : struct, IKernel
    {
        using var launcher = new SimulatedLauncher(cpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike);
        Assert.That(
            () => kernel.RunDevice(launcher), Throws.TypeOf<IndexOutOfRangeException>().With.Message.EqualTo(message));
    }
}
