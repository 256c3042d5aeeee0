using System.Runtime.CompilerServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation.Ptx;

public sealed class PtxEmitterTests
{
    [TestCase(nameof(Patterns.Branches), 70)]
    [TestCase(nameof(Patterns.Shuffles), 70)]
    [TestCase(nameof(Patterns.AsyncCopies), 80)]
    [TestCase(nameof(Patterns.MatrixProducts), 80)]
    [TestCase(nameof(Patterns.MatrixProductsOfPairs), 80)]
    public void Emit_SaysTheLeastTargetThatTheKernelNeeds(string pattern, int target) =>
        Assert.That(new PtxText(Emit(pattern, 90).Text).Target, Is.EqualTo(target));

    [TestCase(nameof(Patterns.AsyncCopies), "AsyncCopy")]
    [TestCase(nameof(Patterns.MatrixProducts), "MatrixUnit")]
    [TestCase(nameof(Patterns.MatrixProductsOfPairs), "MatrixUnit")]
    public void Emit_OfWhatTheDeviceLacks_IsRefused(string pattern, string feature) => Assert.That(
        () => Emit(pattern, 75),
        Throws.TypeOf<KernelCompilationException>().With.Message.Contains($"{feature} needs compute capability 8.0"));

    [Test]
    public void Emit_OfAFloatPanel_IsRefused() => Assert.That(
        () => Emit(Panel), Throws.TypeOf<KernelCompilationException>().With.Message.Contains("FloatPanel is for CPU-like devices"));

    [Test]
    public void Emit_OfMoreArgumentsThanALaunchTakes_IsRefused() => Assert.That(
        static () => PtxLauncher.Compile(((Action<Index1D, (ArrayView<float> Y, Table Table)>)ReadTable).Method),
        Throws.TypeOf<KernelCompilationException>().With.Message.Contains("its arguments take more than 4096 bytes")
            .And.Message.Contains("pass a table through a view"));

    [Test]
    public void Emit_OfMuchSharedMemory_LeavesItsSizeToTheLaunch()
    {
        var (small, large) = (Emit(nameof(Patterns.SharedReversal)), Emit(Large));
        Assert.That((small.DynamicSharedBytes, large.DynamicSharedBytes), Is.EqualTo((0, 60_000 + 80)));
        Assert.That(large.Text, Does.Contain(".extern .shared"));
    }

    [Test]
    public void Emit_OfMatrixInstructionsForOpenCl_IsRefused() => Assert.That(
        () => OpenClEmitter.Emit(KernelCompiler.Translate(typeof(Patterns).GetMethod(nameof(Patterns.MatrixProductsOfPairs))!)),
        Throws.TypeOf<KernelCompilationException>().With.Message.Contains("uses PackBFloat16, which OpenCL devices do not have"));

    [Test]
    public void Emit_OfANameWithOtherLetters_IsAscii()
    {
        var text = Emit(Größe).Text;
        Assert.That(text, Does.Contain("Gr??e"));
        Assert.That(text, Has.All.LessThanOrEqualTo('\x7F'));
    }

    [Test]
    public void Emit_ForAGroupSize_SaysItsMost()
    {
        var limited = PtxLauncher.Compile(typeof(Patterns).GetMethod(nameof(Patterns.Branches))!, groupSize: 192).Text;
        Assert.That(Emit(nameof(Patterns.Branches)).Text, Does.Not.Contain(".maxntid"));
        Assert.That(limited, Does.Contain(")\n.maxntid 192\n{"));
        Assert.That(new PtxText(limited).MaxGroupSize, Is.EqualTo(192));
    }

    [Test]
    public void Launch_OfMoreItemsThanTheKernelWasBuiltFor_IsFound() => Assert.That(
        () => PatternTests.Check(nameof(Patterns.Branches), static text => text.Replace(".maxntid 64", ".maxntid 32")),
        Throws.TypeOf<PtxException>().With.Message.Contains("a group has at most 32 items"));

    // Each a fault that an emitter might have; the comparison with plain C# finds it.
    [TestCase(nameof(Patterns.Branches), "setp.leu.f32", "setp.geu.f32")]
    [TestCase(nameof(Patterns.Loops), "rem.s32", "div.s32")]
    [TestCase(nameof(Patterns.SmallIntegers), "cvt.s32.s8", "cvt.u32.u8")]
    [TestCase(nameof(Patterns.LongIndices), "shr.u64", "shr.s64")]
    [TestCase(nameof(Patterns.Vectors), "{%f0, %f1, %f2, %f3}", "{%f3, %f1, %f2, %f0}")]
    [TestCase(nameof(Patterns.SharedReversal), "bar.sync 0;", "")]
    [TestCase(nameof(Patterns.Registers), "fma.rn.f32", "mad.f32")]
    [TestCase(nameof(Patterns.Shuffles), "shfl.sync.up", "shfl.sync.down")]
    [TestCase(nameof(Patterns.SharedAtomics), "red.shared.add.u32", "st.shared.u32")]
    [TestCase(nameof(Patterns.AsyncCopies), "cp.async.wait_group 0", "cp.async.wait_group 1")]
    [TestCase(nameof(Patterns.MatrixProducts), "row.col", "col.row")]
    [TestCase(nameof(Patterns.MatrixProductsOfPairs), "m16n8k16.row.col.f32.bf16.bf16", "m16n8k8.row.col.f32.bf16.bf16")]
    [TestCase(nameof(Patterns.Functions), "min.NaN.f32", "max.NaN.f32")]
    public void Pattern_WithAPlantedFault_IsFound(string pattern, string right, string wrong)
    {
        var text = Emit(pattern).Text;
        Assert.That(text, Does.Contain(right));
        Assert.That(() => PatternTests.Check(pattern, text => text.Replace(right, wrong)), Throws.InstanceOf<Exception>());
    }

    private static PtxModule Emit(string pattern, int architecture = 80) =>
        PtxLauncher.Compile(typeof(Patterns).GetMethod(pattern)!, architecture);

    private static PtxModule Emit(Action<PatternArguments> body) => PtxLauncher.Compile(body.Method);

    private static void Panel(PatternArguments k) => FloatPanel.Store(k.Y, 0, FloatPanel.Load(k.X, 0) + FloatPanel.Broadcast(1));

    private static void Größe(PatternArguments k) => k.Y[Group.IdxX] = k.X[0];

    private static void ReadTable(Index1D i, (ArrayView<float> Y, Table Table) arguments) =>
        arguments.Y[i] = arguments.Table[(int)arguments.Y[i] & 1023];

    private static void Large(PatternArguments k)
    {
        var (few, many) = (SharedMemory.Allocate<float>(20), SharedMemory.Allocate<float>(15_000));
        few[Group.IdxX % 20] = k.X[0];
        many[Group.IdxX] = few[0];
        k.Y[Group.IdxX] = many[0];
    }

    [InlineArray(1024)]
    private struct Table
    {
        private float first;
    }
}
