using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>The interpreter itself, with PTX written by hand: it computes, and it finds each planted fault.</summary>
public sealed class PtxInterpreterTests
{
    // Each item of a group of 64 reverses the group's values through shared memory: y[i] = x[63 - i].
    private const string Reverse = """
          .reg .b64 %x, %y;
          .reg .b32 %s, %o, %v, %t;
          .shared .align 16 .b8 cells[256];
          mov.u32 %t, %tid.x;
          ld.param.u64 %x, [x];
          ld.param.u64 %y, [y];
          mad.wide.u32 %x, %t, 4, %x;
          mad.wide.u32 %y, %t, 4, %y;
          mov.b32 %s, cells;
          ld.global.u32 %v, [%x];
          mad.lo.u32 %o, %t, 4, %s;
          st.shared.u32 [%o], %v;
          bar.sync 0;
          mul.lo.s32 %o, %t, -4;
          add.s32 %o, %o, %s;
          ld.shared.u32 %v, [%o+252];
          st.global.u32 [%y], %v;
          ret;
        """;

    [Test]
    public void Launch_Reverse_Reverses()
    {
        var (x, y) = Run(Reverse);
        Assert.That(y, Is.EqualTo(x.Reverse()));
    }

    [TestCase("bar.sync 0;", "", "race")]
    [TestCase("bar.sync 0;", "setp.eq.u32 %p, %t, 5; @%p bra a; bar.sync 0; bra b; a: bar.sync 0; b:", "divergent barrier: item 5 is")]
    [TestCase("bar.sync 0;", "setp.eq.u32 %p, %t, 5; @%p ret; bar.sync 0;", "item 5 has ended")]
    [TestCase("[%o+252]", "[%o+256]", "outside of")]
    [TestCase("[%o+252]", "[%o+250]", "multiple of 4")]
    [TestCase("st.global.u32 [%y], %v", "st.global.u32 [%y+4], %v", "of every buffer; the nearest has 256 bytes, and this is its byte 256")]
    [TestCase("st.global.u32 [%y], %v", "st.global.v2.u32 [%y], {%v, %v}", "multiple of 8")]
    [TestCase("st.global.u32 [%y], %v", "atom.global.add.u32 %v, [%y+2], %v", "multiple of 4")]
    [TestCase("ret;", "", "past its last instruction")]
    public void Launch_WithAPlantedFault_Fails(string right, string wrong, string message)
    {
        Assert.That(Reverse, Does.Contain(right));
        Assert.That(() => Run(Reverse.Replace(right, wrong)), Throws.TypeOf<PtxException>().With.Message.Contains(message));
    }

    [TestCase("bar.sync 0;", "bar.sync 0; setp.lt.u32 %p, %t, 5; @%p shfl.sync.idx.b32 %v, %v, 0, 31, -1;", "lanes are missing: item 5")]
    [TestCase("bar.sync 0;", "bar.sync 0; shfl.sync.idx.b32 %v, %v, 0, 31, 65535;", "the mask must name all lanes")]
    public void Launch_ShuffleWithoutAllLanes_Fails(string right, string wrong, string message) =>
        Launch_WithAPlantedFault_Fails(right, wrong, message);

    [TestCase("bar.sync 0;", "bar.synch 0;", "modifier 1 must be one of sync")]
    [TestCase("mul.lo.s32 %o", "mul.low.s32 %o", "modifier 1")]
    [TestCase("add.s32 %o, %o, %s", "sum.s32 %o, %o, %s", "unknown instruction")]
    [TestCase("add.s32 %o, %o, %s", "add.s64 %o, %o, %s", "%o is .b32; the instruction says .s64")]
    [TestCase("add.s32 %o, %o, %s", "add.s32 %o, %o, %s, 1", "1 operands too many")]
    [TestCase("add.s32 %o, %o, %s", "add.s32 %o, %o", "an operand is missing")]
    [TestCase("add.s32 %o, %o, %s", "add.s32 %o, %o, %q", "register %q is not declared")]
    [TestCase("add.s32 %o, %o, %s", "add.s32 %o, %o, 0f3F800000", "constant of type .s32")]
    [TestCase("add.s32 %o, %o, %s", "add.s32 %o, %o, 5000000000", "constant of type .s32")]
    [TestCase("add.s32 %o, %o, %s", "add.f32 %o, %o, %s", "modifier 1 must be one of rn")]
    [TestCase("add.s32 %o, %o, %s", "and.s32 %o, %o, %s", "does not exist for this instruction")]
    [TestCase("add.s32 %o, %o, %s", "setp.lt.b32 %p, %o, %s", "does not exist for this instruction")]
    [TestCase("add.s32 %o, %o, %s", "cvt.s32.f32 %o, %o", "no such conversion")]
    [TestCase("add.s32 %o, %o, %s", "max.NaN.f32 %o, %o, %o", "needs .version 7.0 and sm_80")]
    [TestCase("add.s32 %o, %o, %s", "@%o add.s32 %o, %o, %s", "guard must be a predicate")]
    [TestCase("ld.shared.u32 %v, [%o+252]", "ld.shared.u32 %v, [%p+252]", "cannot be of type .pred")]
    [TestCase("ld.shared.u32 %v, [%o+252]", "ld.global.u32 %v, [cells+252]", "cells is in .shared memory")]
    [TestCase("ld.shared.u32 %v, [%o+252]", "ld.shared.u64 %v, [%o+252]", "%v is .b32; the instruction says .u64")]
    [TestCase("ld.shared.u32 %v, [%o+252]", "ld.shared.v4.u32 %v, [%o+252]", "must be 4 registers")]
    [TestCase("add.s32 %o, %o, %s", "add.s32 %o, %o, %tid.x", "%tid.x can only be read by mov")]
    [TestCase("ret;", "bra there;", "label there is not there")]
    public void Program_WithAPlantedFault_IsRefused(string right, string wrong, string message)
    {
        Assert.That(Reverse, Does.Contain(right));
        Assert.That(() => Run(Reverse.Replace(right, wrong)), Throws.TypeOf<PtxException>().With.Message.Contains(message));
    }

    [Test]
    public void Text_WithATargetThatItsVersionLacks_IsRefused() => Assert.That(
        () => new PtxProgram(Module("ret;", "7.0", 90)),
        Throws.TypeOf<PtxException>().With.Message.Contains("sm_90 needs .version 7.8; got 7.0"));

    [Test]
    public void Launch_SharedMemoryThatNobodyWrote_IsNotZero()
    {
        var (_, y) = Run(Reverse.Replace("st.shared.u32 [%o], %v;", ""));
        Assert.That(y, Has.None.EqualTo(0));
    }

    // Each item copies its number instead of storing it.
    private const string Copy = "cp.async.ca.shared.global [%o], [%x], 4; cp.async.commit_group; cp.async.wait_group 0;";

    private static readonly string Copied = Reverse.Replace("st.shared.u32 [%o], %v;", Copy);

    [Test]
    public void Launch_AsyncCopies_AreThereBehindTheWait()
    {
        var (x, y) = Run(Copied, 80);
        Assert.That(y, Is.EqualTo(x.Reverse()));
        Assert.That(Run(Copied.Replace("[%x], 4;", "[%x], 4, 4;"), 80).Y, Is.EqualTo(x.Reverse()));
        // Reads nothing, wherever that is.
        Assert.That(Run(Copied.Replace("[%x], 4;", "[%x+4096], 4, 0;"), 80).Y, Is.All.Zero);
    }

    [TestCase("wait_group 0", "wait_group 1", "used while item 63 copies to it")]
    [TestCase("cp.async.wait_group 0;", "", "used while item 63 copies to it")]
    [TestCase("cp.async.commit_group;", "", "used while item 63 copies to it")]
    [TestCase("cp.async.wait_group 0;\n  bar.sync 0;", "bar.sync 0; cp.async.wait_group 0;", "used while item 63 copies to it")]
    [TestCase("bar.sync 0;", "", "race")]
    [TestCase("cp.async.wait_group 0;", "ld.shared.u32 %v, [%o]; cp.async.wait_group 0;", "used while item 0 copies to it")]
    [TestCase("cp.async.wait_group 0;", "st.global.u32 [%x], %t; cp.async.wait_group 0;", "changed its source")]
    [TestCase("[%o], [%x], 4", "[%o], [%x+256], 4", "outside of every buffer|multiple")]
    [TestCase("[%o], [%x], 4", "[%o], [%x], 16", "must be a multiple of 16")]
    [TestCase("[%o], [%x], 4", "[%o], [%x], 4, 2", "reads 2 of 4 bytes")]
    public void Launch_WithAPlantedFaultInACopy_Fails(string right, string wrong, string message)
    {
        Assert.That(Copied, Does.Contain(right));
        Assert.That(() => Run(Copied.Replace(right, wrong), 80), Throws.TypeOf<PtxException>().With.Message.Matches(message));
    }

    [TestCase("idx", "7", "31", 7, 7)]
    [TestCase("down", "3", "31", 3, 31)]
    [TestCase("up", "3", "0", 0, 28)]
    [TestCase("bfly", "5", "31", 5, 26)]
    public void Shuffle_TakesTheLane(string mode, string b, string c, int first, int last)
    {
        var (_, y) = Run(Reverse.Replace("ld.shared.u32 %v, [%o+252]", $"mov.b32 %v, %laneid; shfl.sync.{mode}.b32 %v, %v, {b}, {c}, -1"));
        Assert.That((y[0], y[31], y[32], y[63]), Is.EqualTo((first, last, first, last)));
    }

    private static string Module(string body, string version, int target) => $$"""
        .version {{version}}
        .target sm_{{target}}
        .address_size 64

        .visible .entry kernel(
          .param .u64 x,
          .param .u64 y
        )
        {
          .reg .pred %p;
        {{body}}
        }
        """;

    private static (int[] X, int[] Y) Run(string body, int target = 70)
    {
        var values = Enumerable.Range(1, 64).ToArray();
        using var x = new HostArray<int>(values);
        using var y = new HostArray<int>(64);
        var machine = new PtxMachine();
        machine.Buffers.Add(x.View);
        machine.Buffers.Add(y.View);
        machine.Launch(new PtxProgram(Module(body, "7.0", target)), KernelConfig.Linear(1, 64), Address(x), Address(y));
        return (values, y.Values);
    }

    private static unsafe byte[] Address(HostArray<int> array) => BitConverter.GetBytes((long)array.View.Pointer);
}
