using GpuKeras.Tests.Support.Ptx;
using NUnit.Framework;

namespace GpuKeras.Tests.Compilation.Ptx;

/// <summary>What NVIDIA's assembler refuses, the rules refuse; PTX ISA manual, chapters Syntax, Directives and Instruction Set.</summary>
public sealed class PtxRuleTests
{
    [TestCase("add.s32 %r, %r, -5")]
    [TestCase("add.rn.f32 %f, %f, 0f3F800000")]
    [TestCase("mul.wide.u32 %rd, %r, 4")]
    [TestCase("mad.wide.s32 %rd, %r, 4, %rd")]
    [TestCase("clz.b64 %r, %rd")]
    [TestCase("max.NaN.f32 %f, %f, %f")]
    [TestCase("setp.neu.f32 %p, %f, %f")]
    [TestCase("@!%p or.b64 %rd, %rd, 0x8000000000000000")]
    [TestCase("mov.u32 %r, %tid.x")]
    [TestCase("mov.b32 %r, cells")]
    [TestCase("mov.b64 {%r, %r1}, %fd")]
    [TestCase("ld.global.s8 %r, [%rd+-4]")]
    [TestCase("ld.param.b32 %r, [x+4]")]
    [TestCase("st.shared.v4.f32 [%r+16], {%f, %f, %f, %f}")]
    [TestCase("cvt.rzi.s64.f32 %rd, %f")]
    [TestCase("cvt.s32.s8 %r, %r")]
    [TestCase("cvt.rn.f16.f64 %h, %fd")]
    [TestCase("cvt.rna.tf32.f32 %r, %f")]
    [TestCase("cvt.rn.bf16x2.f32 %r, %f, %f")]
    [TestCase("cp.async.cg.shared.global [%r], [%rd], 16, %r")]
    [TestCase("shfl.sync.bfly.b32 %f, %f, 1, 31, -1")]
    [TestCase("shfl.sync.up.b32 %r|%p, %r, 1, 0, -1")]
    [TestCase("atom.global.cas.b32 %r, [%rd], %r, 5")]
    [TestCase("red.shared.add.f64 [%r], %fd")]
    [TestCase("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%f, %f, %f, %f}, {%r, %r, %r, %r}, {%r, %r}, {%f, %f, %f, %f}")]
    public void LegalInstruction_Passes(string line) => Check(line);

    // Arithmetic: types, rounding, operands.
    [TestCase("add.b32 %r, %r, %r", "no such form")]
    [TestCase("add.f32 %f, %f, %f", "no such form")]
    [TestCase("add.rn.s32 %r, %r, %r", "no such form")]
    [TestCase("add.s32 %r, %f, %r", "%f is .f32; the instruction says .s32")]
    [TestCase("add.s32 %r, %r, %rd", "%rd is .b64; the instruction says .s32")]
    [TestCase("add.s32 %r, %r", "needs 3 operands; got 2")]
    [TestCase("add.s32 5, %r, %r", "must be a register")]
    [TestCase("add.s32 %r, %r, 4294967296", "constant of type .s32")]
    [TestCase("add.s32 %r, %r, %tid.x", "can only be read by mov")]
    [TestCase("add.s32 %r, %r, cells", "constant of type .s32")]
    [TestCase("mul.s32 %r, %r, %r", "no such form")]
    [TestCase("mul.wide.s32 %r, %r, %r", "%r is .b32; the instruction says .s64")]
    [TestCase("mul.wide.s64 %rd, %rd, %rd", "no such form")]
    [TestCase("mad.wide.s32 %rd, %r, 4, %r", "%r is .b32; the instruction says .s64")]
    [TestCase("mad.lo.f32 %f, %f, %f, %f", "no such form")]
    [TestCase("div.f32 %f, %f, %f", "no such form")]
    [TestCase("sqrt.f64 %fd, %fd", "no such form")]
    [TestCase("fma.f32 %f, %f, %f, %f", "no such form")]
    [TestCase("rem.f32 %f, %f, %f", "no such form")]
    [TestCase("neg.u32 %r, %r", "no such form")]
    [TestCase("abs.u64 %rd, %rd", "no such form")]
    [TestCase("min.b32 %r, %r, %r", "no such form")]
    [TestCase("max.NaN.f64 %fd, %fd, %fd", "no such form")]
    [TestCase("copysign.rn.f32 %f, %f, %f", "no such form")]
    [TestCase("popc.u32 %r, %r", "no such form")]
    [TestCase("clz.b64 %rd, %rd", "%rd is .b64; the instruction says .u32")]
    [TestCase("brev.b16 %h, %h", "no such form")]
    [TestCase("ex2.approx.f64 %fd, %fd", "no such form")]
    [TestCase("tan.approx.f32 %f, %f", "unknown instruction")]
    // Comparisons, bits, moves.
    [TestCase("setp.lt.b32 %p, %r, %r", "no such form")]
    [TestCase("setp.lo.s32 %p, %r, %r", "no such form")]
    [TestCase("setp.ltu.s32 %p, %r, %r", "no such form")]
    [TestCase("setp.hi.f32 %p, %f, %f", "no such form")]
    [TestCase("setp.lt.s32 %r, %r, %r", "%r is .b32; the instruction says .pred")]
    [TestCase("selp.b32 %r, 1, 0, %r", "%r is .b32; the instruction says .pred")]
    [TestCase("selp.pred %p, %p, %p, %p", "no such form")]
    [TestCase("and.s32 %r, %r, %r", "no such form")]
    [TestCase("shl.s32 %r, %r, 1", "no such form")]
    [TestCase("shl.b64 %rd, %rd, %rd", "%rd is .b64; the instruction says .u32")]
    [TestCase("mov.b8 %r, %r", "no such form")]
    [TestCase("mov.f32 %f, 1.5", "constant of type .f32")]
    [TestCase("mov.f32 %f, 1", "constant of type .f32")]
    [TestCase("mov.f32 %f, 0x3F800000", "constant of type .f32")]
    [TestCase("mov.f64 %fd, 0f3F800000", "constant of type .f64")]
    [TestCase("mov.b32 %r, own", "an address in .local memory cannot be of type .b32")]
    [TestCase("mov.b32 %r, x", "an address in .param memory cannot be of type .b32")]
    [TestCase("mov.u64 %rd, %tid.x", "can only be read by mov")]
    [TestCase("mov.b64 {%r, %r}, %r", "{%r, %r}: must be a register")]
    [TestCase("@%r add.s32 %r, %r, 1", "a guard must be a predicate")]
    // Conversions: rounding where digits may be lost, and nowhere else.
    [TestCase("cvt.f32.s32 %f, %r", "no such form")]
    [TestCase("cvt.rni.f32.s32 %f, %r", "no such form")]
    [TestCase("cvt.s32.f32 %r, %f", "no such form")]
    [TestCase("cvt.rn.s32.f32 %r, %f", "no such form")]
    [TestCase("cvt.f32.f64 %f, %fd", "no such form")]
    [TestCase("cvt.rn.f64.f32 %fd, %f", "no such form")]
    [TestCase("cvt.rni.f32.f64 %f, %fd", "no such form")]
    [TestCase("cvt.rn.f32.f32 %f, %f", "no such form")]
    [TestCase("cvt.rn.f32.f16 %f, %h", "no such form")]
    [TestCase("cvt.rzi.u32.u64 %r, %rd", "no such form")]
    [TestCase("cvt.rn.tf32.f32 %r, %f", "no such form")]
    [TestCase("cvt.rna.tf32.f32 %f, %f", "%f is .f32; the instruction says .tf32")]
    [TestCase("cvt.rn.bf16x2.f32 %r, %f", "needs 3 operands; got 2")]
    [TestCase("cvt.b32.b64 %r, %rd", "no such form")]
    [TestCase("cvt.rn.f32.s32 %f, 5", "must be a register")]
    [TestCase("cvta.to.global.u32 %r, %r", "no such form")]
    [TestCase("cvta.to.param.u64 %rd, %rd", "no such form")]
    // Memory: order of modifiers, spaces, widths.
    [TestCase("ld.f32.global %f, [%rd]", "no such form")]
    [TestCase("ld.v4.global.f32 {%f, %f, %f, %f}, [%rd]", "no such form")]
    [TestCase("ld.global.f16 %h, [%rd]", "no such form")]
    [TestCase("ld.global.v3.f32 {%f, %f, %f}, [%rd]", "no such form")]
    [TestCase("ld.global.v4.f64 {%fd, %fd, %fd, %fd}, [%rd]", "no such form")]
    [TestCase("ld.global.v4.f32 {%f, %f}, [%rd]", "must be 4 registers")]
    [TestCase("ld.global.f32 {%f}, [%rd]", "must be a register")]
    [TestCase("ld.global.f32 %f, %rd", "must be an address in brackets")]
    [TestCase("ld.global.f32 %f, [%r]", "an address in .global memory cannot be of type .b32")]
    [TestCase("ld.global.f32 %f, [%fd]", "an address in .global memory cannot be of type .f64")]
    [TestCase("ld.global.f32 %f, [%rd+%rd]", "the offset must be an integer of 32 bits")]
    [TestCase("ld.global.f32 %f, [%rd+2147483648]", "the offset must be an integer of 32 bits")]
    [TestCase("ld.global.f32 %f, [cells]", "cells is in .shared memory")]
    [TestCase("ld.global.u64 %r, [%rd]", "%r is .b32; the instruction says .u64")]
    [TestCase("ld.global.f32 %fd, [%rd]", "%fd is .f64; the instruction says .f32")]
    [TestCase("st.param.f32 [x], %f", "no such form")]
    [TestCase("st.const.f32 [%rd], %f", "no such form")]
    [TestCase("st.global.pred [%rd], %p", "no such form")]
    [TestCase("cp.async.cg.shared.global [%r], [%rd], 8", "must be one of 16")]
    [TestCase("cp.async.ca.shared.global [%r], [%rd], 12", "must be one of 4|8|16")]
    [TestCase("cp.async.ca.shared.global [%r], [%rd], %r", "must be a constant")]
    [TestCase("cp.async.ca.global.shared [%rd], [%r], 4", "no such form")]
    [TestCase("cp.async.wait_group", "needs 1 operands; got 0")]
    // Together with others.
    [TestCase("bra there", "label there is not there")]
    [TestCase("ret %r", "needs 0 operands; got 1")]
    [TestCase("bar.sync", "needs 1 operands; got 0")]
    [TestCase("bar.sync 16", "must be one of")]
    [TestCase("shfl.idx.b32 %r, %r, 1, 31", "no such form")]
    [TestCase("shfl.sync.idx.b64 %rd, %rd, 1, 31, -1", "no such form")]
    [TestCase("shfl.sync.idx.b32 %r, %r, 1, 31", "needs 5 operands; got 4")]
    [TestCase("atom.add.global.u32 %r, [%rd], %r", "no such form")]
    [TestCase("atom.global.add.s64 %rd, [%rd], %rd", "no such form")]
    [TestCase("atom.global.min.f32 %f, [%rd], %f", "no such form")]
    [TestCase("atom.global.exch.f32 %f, [%rd], %f", "no such form")]
    [TestCase("atom.global.cas.b32 %r, [%rd], %r", "needs 4 operands; got 3")]
    [TestCase("red.global.exch.b32 [%rd], %r", "no such form")]
    [TestCase("mma.sync.aligned.m16n8k8.row.row.f32.tf32.tf32.f32 {%f, %f, %f, %f}, {%r, %r, %r, %r}, {%r, %r}, {%f, %f, %f, %f}", "no such form")]
    [TestCase("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%f, %f, %f, %f}, {%r, %r}, {%r, %r}, {%f, %f, %f, %f}", "must be 4 registers")]
    [TestCase("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%f, %f, %f, %f}, {%f, %f, %f, %f}, {%r, %r}, {%f, %f, %f, %f}", "%f is .f32")]
    public void IllegalInstruction_IsRefused(string line, string message) =>
        Assert.That(() => Check(line), Throws.TypeOf<PtxException>().With.Message.Contains(message));

    [TestCase("max.NaN.f32 %f, %f, %f", "needs .version 7.0 and sm_80; the module says 7.0 and sm_75")]
    [TestCase("cvt.rna.tf32.f32 %r, %f", "sm_80")]
    [TestCase("cvt.rn.bf16x2.f32 %r, %f, %f", "sm_80")]
    [TestCase("cp.async.commit_group", "sm_80")]
    [TestCase("cp.async.cg.shared.global [%r], [%rd], 16", "sm_80")]
    [TestCase("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%f, %f, %f, %f}, {%r, %r, %r, %r}, {%r, %r}, {%f, %f, %f, %f}", "sm_80")]
    public void InstructionBelowItsTarget_IsRefused(string line, string message) =>
        Assert.That(() => Check(line, target: 75), Throws.TypeOf<PtxException>().With.Message.Contains(message));

    [TestCase("// a comment", "// ein Stück", "line 4: 'ü' is not of ASCII")]
    [TestCase(".entry kernel(", ".entry add(", "kernel add: must be a new identifier that is no keyword")]
    [TestCase(".param .u64 x", ".param .u64 mov", "must be a new identifier that is no keyword")]
    [TestCase(".param .u64 x", ".param .u64 x, .param .u64 x", "must be a new identifier")]
    [TestCase(".param .u64 x", ".param .u64 x, .param .align 4 .b8 y[4352]", "at most 4352 bytes can be declared; got 4360")]
    [TestCase(".param .u64 x", ".param .align 3 .b8 x[6]", "an alignment is a power of two; got 3")]
    [TestCase(".param .u64 x", ".param .pred x", "parameter: must be such as")]
    [TestCase(".maxntid 256", ".maxntid 1025", "a group has 1 to 1024 items; got .maxntid 1025")]
    [TestCase(".maxntid 256", ".maxntid 0", "a group has 1 to 1024 items")]
    [TestCase(".maxntid 256", ".maxregs 256", "unknown directive of the kernel")]
    [TestCase(".reg .pred %p", ".reg .tf32 %p", "not a declaration of registers")]
    [TestCase(".reg .pred %p", ".reg .b8 %p", "not a declaration of registers")]
    [TestCase(".reg .pred %p", ".reg .pred %p, %p", "must be a new identifier")]
    [TestCase(".reg .pred %p", ".reg .pred %tid", "%tid: must be a new identifier")]
    [TestCase("cells[256]", "cells[49153]", ".shared memory: at most 49152 bytes can be declared; got 49153")]
    [TestCase("cells[256]", "9cells[256]", "must be a new identifier")]
    [TestCase("end:", "end: end:", "label end: must be a new identifier")]
    [TestCase("end:", "cells:", "label cells: must be a new identifier")]
    [TestCase("end:", "ret:", "label ret: must be a new identifier that is no keyword")]
    public void IllegalModule_IsRefused(string right, string wrong, string message)
    {
        var text = Module("", 80);
        Assert.That(text, Does.Contain(right));
        Assert.That(() => new PtxText(text), Throws.Nothing);
        Assert.That(() => new PtxText(text.Replace(right, wrong)), Throws.TypeOf<PtxException>().With.Message.Contains(message));
    }

    private static void Check(string line, int target = 80)
    {
        var text = new PtxText(Module(line + ";", target));
        PtxRules.Check(text.Instructions[0], text);
    }

    private static string Module(string line, int target) => $$"""
        .version 7.0
        .target sm_{{target}}
        .address_size 64
        // a comment
        .visible .entry kernel(.param .u64 x)
        .maxntid 256
        {
          .reg .pred %p;
          .reg .b16 %h;
          .reg .b32 %r, %r1;
          .reg .b64 %rd;
          .reg .f32 %f;
          .reg .f64 %fd;
          .shared .align 16 .b8 cells[256];
          .local .align 16 .b8 own[16];
          {{line}}
        end:
          ret;
        }
        """;
}
