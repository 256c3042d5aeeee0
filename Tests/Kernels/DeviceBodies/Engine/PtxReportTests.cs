using System.Globalization;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>What the important kernels need and are made of, printed for people: evidence where there is no GPU to measure on.</summary>
public sealed class PtxReportTests
{
    private const string LargeProduct = "MatMulSizes { Rows = 192, Columns = 200";

    // The beginnings of cases' names, and what the names have.
    private static readonly (string Beginning, string Part)[] Important =
    [
        ("convolution with bias and relu, padded 3x3", ""), ("convolution's input gradient, padded 3x3", ""),
        ("convolution's filter gradient, 512 pixels", ""), ("attention of Single", ""), ("gelu of float32", ""), ("add of float32", ""),
        ("softmax ", "Single"), ("layer norm ", "Single"), ("batch moments of Single", ""),
    ];

    // One multiprocessor, for which large tiles are enough, as for a whole device with large matrices.
    private static readonly DeviceProfile Registers = SimulatedLauncher.GpuLike with { HasMatrixUnits = true, Multiprocessors = 1 };

    private static readonly DeviceProfile Copies = Registers with { HasAsyncCopies = true, SharedMemoryBytes = 100 << 10 };

    // One tile, of so many turns that what surrounds the loop hardly counts.
    private static readonly MatMulSizes Long = new(128, 128, 1024);

    [Test]
    [Explicit("prints figures")]
    public void Report()
    {
        TestContext.Out.WriteLine("| kernel | items | registers | shared KiB | sm_80 % | sm_90 % | runs an item | fma % | loads % | integer % | branches % "
            + "| numbers a load | global bytes a product | shared bytes a product |");
        foreach (var precision in Enum.GetValues<MatMulPrecision>())
        {
            Print($"product in {precision}", Product(Long), Registers with { MatMulPrecision = precision });
            if (precision != MatMulPrecision.BFloat16)
                Print($"product in {precision}, by copies", Product(Long), Copies with { MatMulPrecision = precision });
        }
        foreach (var (beginning, part) in Important)
        {
            var kernelCase = KernelCases.All.Last(other => other.Name.StartsWith(beginning, StringComparison.Ordinal) && other.Name.Contains(part));
            Print(kernelCase.Name, kernelCase, SimulatedLauncher.GpuLike);
        }
    }

    // By hand from the tables of the CUDA C++ programming guide.
    [TestCase(32, 256, 0, 100, 100)]
    [TestCase(64, 256, 0, 50, 50)]
    [TestCase(65, 256, 0, 37, 37)]
    [TestCase(255, 256, 0, 12, 12)]
    // 40 registers of each item are taken: 12 warps in a part, where 33 would leave room for 15.
    [TestCase(33, 256, 0, 75, 75)]
    [TestCase(40, 256, 0, 75, 75)]
    [TestCase(41, 256, 0, 62, 62)]
    // 48 warps of four parts, where 51 would fit into all registers together.
    [TestCase(33, 96, 0, 75, 75)]
    [TestCase(33, 1024, 0, 50, 50)]
    // 8,396 bytes with the group's own, which take 8,448: 19 times of 164 KiB, where 8,396 would fit 20 times.
    [TestCase(32, 64, 7372, 59, 84)]
    [TestCase(16, 32, 0, 50, 50)]
    [TestCase(32, 256, 48 << 10, 37, 50)]
    [TestCase(32, 256, 100 << 10, 12, 25)]
    public void Occupancy_IsThatOfTheManual(int registers, int items, int sharedBytes, int sm80, int sm90) => Assert.That(
        (PtxOccupancy.Sm80.Percent(registers, items, sharedBytes), PtxOccupancy.Sm90.Percent(registers, items, sharedBytes)),
        Is.EqualTo((sm80, sm90)));

    // x is read at fixed places; of 64 bits: the address and the first number, of 32 the second; what %r2 holds nobody reads.
    [Test]
    public void Liveness_OfAKernel_IsThatByHand()
    {
        var liveness = new PtxLiveness(new PtxText("""
            .version 7.0
            .target sm_70
            .address_size 64
            .visible .entry kernel(.param .u64 x)
            {
              .reg .b32 %r<4>;
              .reg .b64 %rd<3>;
              .reg .pred %p;
              ld.param.u64 %rd0, [x];
              add.s64 %rd1, %rd0, 8;
              ld.global.u64 %rd2, [%rd1];
              ld.global.u32 %r0, [%rd1+8];
              add.s32 %r2, %r0, 1;
              add.s32 %r3, %r2, 1;
              setp.eq.u32 %p, %r0, 0;
              @%p st.global.u64 [%rd1], %rd2;
              ret;
            }
            """));
        Assert.That(liveness.Registers, Is.EqualTo(2 + 2 + 1 + 10));
        Assert.That(liveness.Kept, Is.EqualTo((bool[])[true, true, true, true, false, false, true, true, true]));
    }

    [Test]
    public void LargeProduct_FitsIntoRegisters_AndLoadsOfFour()
    {
        var tally = new PtxTally();
        using var bench = new PtxBench(Registers, tally: tally);
        Product(new(130, 130, 130)).Run(bench);
        var (_, module, text, runs) = tally.Launches.Single();
        Assert.That(new PtxLiveness(text).Registers, Is.InRange(64, 160), module.Name);
        var mix = new PtxMix(text.Instructions.Zip(runs));
        // An item reads 8 + 8 numbers for 64 products; a group writes 2 · 128 for 128 · 128, and the slice behind the last of 17 too.
        Assert.That((double)mix.Bytes("shared") / mix.MultiplyAdds, Is.EqualTo(1 + 18 / (16 * 17.0)).Within(1e-12));
        Assert.That(mix.MultiplyAdds, Is.EqualTo(256L * 256 * 136));
    }

    [Test]
    public void Loop_OfALargeProduct_IsMostlyMultiplyAddsOfWideLoads()
    {
        var collector = new PtxCollector(SimulatedLauncher.GpuLike);
        using var bench = new PtxCollectorBench(collector);
        KernelCases.All.First(static other => other.Name.StartsWith(LargeProduct, StringComparison.Ordinal)).Run(bench);
        var module = collector.Launches[0].Module;
        var description = new PtxLoop(new PtxText(module.Text)).ToString();
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("ld.shared.v4.f32")), Is.EqualTo(32), description);
        Assert.That(module.Text.Split('\n').Count(static line => line.Contains("fma.rn.f32")), Is.EqualTo(512), description);
    }

    private static KernelCase Product(MatMulSizes sizes) => new($"{sizes}", bench => bench.Run(new MatMulKernel<Identity, float>(
        bench.Input<float>(Samples.Uniform<float>(sizes.Rows * sizes.Inner, 1)),
        bench.Input<float>(Samples.Uniform<float>(sizes.Inner * sizes.Columns, 2)), default,
        bench.Output<float>(sizes.Rows * sizes.Columns), sizes)));

    private static void Print(string name, KernelCase kernelCase, DeviceProfile profile)
    {
        var tally = new PtxTally();
        using var bench = new PtxBench(profile, tally: tally);
        kernelCase.Run(bench);
        foreach (var (config, module, text, runs) in tally.Launches)
        {
            var liveness = new PtxLiveness(text);
            var registers = Math.Min(liveness.Registers, PtxLiveness.MostRegisters);
            var shared = module.DynamicSharedBytes > 0
                ? module.DynamicSharedBytes
                : text.Variables.Values.Where(static variable => variable.Space == "shared").Sum(static variable => variable.Bytes);
            var mix = new PtxMix(text.Instructions.Zip(runs).Where((_, i) => liveness.Kept[i]));
            TestContext.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name}: {module.Name} | {config.GroupSize} | {liveness.Registers} | {shared / 1024.0:0.#} | {PtxOccupancy.Sm80.Percent(registers, config.GroupSize, shared)} "
                + $"| {PtxOccupancy.Sm90.Percent(registers, config.GroupSize, shared)} | {mix.Total / (config.GroupSize * config.Grid.X * config.Grid.Y * config.Grid.Z)} | {mix} |"));
        }
    }
}
