using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceBodies;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation.Ptx;

public sealed class PatternTests
{
    private static readonly DeviceProfile Profile = SimulatedLauncher.GpuLike with { HasAsyncCopies = true, HasMatrixUnits = true };

    private static string[] Names => IlBuilds.PatternsOf(typeof(Patterns));

    [Test]
    public void Pattern_AsPtx_EqualsCSharp([ValueSource(nameof(Names))] string name, [Values] IlBuild build) => Check(name, build: build);

    /// <summary>Fails where a pattern as PTX differs from plain C#.</summary>
    /// <param name="name">The pattern.</param>
    /// <param name="alter">What is changed in its PTX, or null.</param>
    /// <param name="build">From which IL.</param>
    internal static void Check(string name, Func<string, string>? alter = null, IlBuild build = IlBuild.Optimised)
    {
        var body = build.Method(typeof(Patterns), name).CreateDelegate<Action<PatternArguments>>();
        using var plain = new SimulatedBench(Profile);
        using var ptx = new PtxBench(Profile, alter);
        Run(plain, body);
        Run(ptx, body);
        ptx.AssertEqual(plain);
    }

    // Numbers with few bits, so that C#'s own functions and those of devices agree, and sums have no order.
    private static void Run(KernelBench bench, Action<PatternArguments> body) => bench.Run(new PatternKernel(body, new(
        bench.Input(Array.ConvertAll(Samples.Integers(128, -8, 9), static x => x / 4f)),
        bench.Output<float>(512),
        bench.InOut(0, [2, 31, .. Samples.Integers(126, -100, 100)]),
        bench.InOut(0, Array.ConvertAll(Samples.Integers(128, -30000, 30000), static x => (long)x)),
        bench.Output<double>(128),
        new Extents([5, 3, 4]),
        true)));
}
