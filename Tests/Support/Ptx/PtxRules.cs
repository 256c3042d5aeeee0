namespace GpuKeras.Tests.Support.Ptx;

/// <summary>The forms of instructions that emitted PTX may have: what NVIDIA's assembler takes, so far as that is used.</summary>
/// <remarks>
/// From the PTX ISA manual, chapter Instruction Set, whose sections the comments name, and not from what the emitter writes. Stricter than
/// the manual in that float arithmetic must say how it rounds: without, the assembler may fuse a product and a sum.
/// </remarks>
internal static class PtxRules
{
    private const string Ordered = "eq|ne|lt|le|gt|ge";
    private const string Unordered = "equ|neu|ltu|leu|gtu|geu|num|nan";
    private const string Barriers = "0|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15";

    private static readonly PtxRule[] All =
    [
        // Integer Arithmetic Instructions
        new("add|sub|div|rem|min|max.I", "d a a"),
        new("mul.hi|lo.I", "d a a"),
        new("mul.wide.W", "d2 a a"),
        new("mad.hi|lo.I", "d a a a"),
        new("mad.wide.W", "d2 a a a2"),
        new("abs|neg.S", "d a"),
        new("popc|clz.C", "d:u32 a", target: 20, version: "2.0"),
        new("brev.C", "d a", target: 20, version: "2.0"),

        // Floating-Point Instructions
        new("add|sub|mul.rn|rz|rm|rp.F", "d a a"),
        new("div.rn|rz|rm|rp.F", "d a a", target: 20, version: "1.4"),
        new("fma.rn|rz|rm|rp.F", "d a a a", target: 20, version: "2.0"),
        new("sqrt|rcp.rn|rz|rm|rp.F", "d a", target: 20, version: "1.4"),
        new("abs|neg.F", "d a"),
        new("min|max.F", "d a a"),
        new("min|max.NaN.f32", "d a a", target: 80, version: "7.0"),
        new("copysign.F", "d a a", version: "2.0"),
        new("ex2|lg2|sin|cos|rsqrt.approx.ftz?.f32", "d a", version: "1.4"),

        // Comparison and Selection Instructions
        new("setp.eq|ne.B", "d:pred a a"),
        new($"setp.{Ordered}.S", "d:pred a a"),
        new($"setp.{Ordered}|lo|ls|hi|hs.U", "d:pred a a"),
        new($"setp.{Ordered}|{Unordered}.F", "d:pred a a"),
        new("selp.A", "d a a r:pred"),

        // Logic and Shift Instructions; of what lies in a register only bits count, hence a count of 32 bits for every width
        new("and|or|xor.L", "d a a"),
        new("not.L", "d a"),
        new("shl.B", "d a a:u32"),
        new("shr.B|I", "d a a:u32"),

        // Data Movement and Conversion Instructions: mov
        new("mov.A", "d m"),
        new("mov.pred", "d r"),
        new("mov.b64", "d:b32*2 r"),
        new("mov.b64", "d r:b32*2"),

        // ld, st: at most 16 bytes at once before sm_100
        new("ld.volatile?.global|shared|local|const|param.M", "d+ []"),
        new("ld.volatile?.global|shared|local|const|param.v2.M", "d+*v []"),
        new("ld.volatile?.global|shared|local|const|param.v4.b8|b16|b32|u8|u16|u32|s8|s16|s32|f32", "d+*v []"),
        new("st.volatile?.global|shared|local.M", "[] r+"),
        new("st.volatile?.global|shared|local.v2.M", "[] r+*v"),
        new("st.volatile?.global|shared|local.v4.b8|b16|b32|u8|u16|u32|s8|s16|s32|f32", "[] r+*v"),

        // cvta
        new("cvta.to?.global|shared|local|const.u64", "d r", target: 20, version: "2.0"),

        // cvt: .rni to .rpi wherever a float becomes an integer, .rn to .rp wherever digits may be lost, and nowhere else
        new("cvt.sat?.J.J", "d+ r+"),
        new("cvt.rni|rzi|rmi|rpi.J.H", "d+ r"),
        new("cvt.rn|rz|rm|rp.H.J", "d r+"),
        new("cvt.rn|rz|rm|rp.f32.f64", "d r"),
        new("cvt.rn|rz|rm|rp.f16.F", "d r"),
        new("cvt.f32.f16", "d r"),
        new("cvt.f64.f16|f32", "d r"),
        new("cvt.rni|rzi|rmi|rpi.f16.f16", "d r"),
        new("cvt.rni|rzi|rmi|rpi.f32.f32", "d r"),
        new("cvt.rni|rzi|rmi|rpi.f64.f64", "d r"),
        new("cvt.rna.tf32.f32", "d:tf32 r", target: 80, version: "7.0"),
        new("cvt.rn|rz.bf16x2.f32", "d:bf16x2 r r", target: 80, version: "7.0"),

        // cp.async: past the first-level cache only 16 bytes
        new("cp.async.ca.shared.global", "[shared] [global] n=4|8|16 a:u32?", target: 80, version: "7.0"),
        new("cp.async.cg.shared.global", "[shared] [global] n=16 a:u32?", target: 80, version: "7.0"),
        new("cp.async.commit_group", target: 80, version: "7.0"),
        new("cp.async.wait_group", "n", target: 80, version: "7.0"),
        new("cp.async.wait_all", target: 80, version: "7.0"),

        // Control Flow Instructions
        new("bra.uni?", "label"),
        new("ret.uni?"),
        new("exit"),

        // Parallel Synchronization and Communication Instructions: bar, shfl.sync
        new("bar.sync", $"n={Barriers}"),
        new("bar.warp.sync", "a:b32", target: 30, version: "6.0"),
        new("shfl.sync.up|down|bfly|idx.b32", "d r a:u32 a:u32 a:u32", target: 30, version: "6.0"),
        new("shfl.sync.up|down|bfly|idx.b32", "d d:pred r a:u32 a:u32 a:u32", target: 30, version: "6.0"),

        // atom, red
        new("atom.global|shared.and|or|xor.C", "d [] a", target: 32, version: "3.1"),
        new("atom.global|shared.exch.C", "d [] a", target: 20, version: "2.0"),
        new("atom.global|shared.cas.C", "d [] a a", target: 20, version: "2.0"),
        new("atom.global|shared.add.u32|s32|u64|f32", "d [] a", target: 20, version: "2.0"),
        new("atom.global|shared.add.f64", "d [] a", target: 60, version: "5.0"),
        new("atom.global|shared.min|max.u32|s32|u64|s64", "d [] a", target: 32, version: "3.1"),
        new("red.global|shared.and|or|xor.C", "[] a", target: 32, version: "3.1"),
        new("red.global|shared.add.u32|s32|u64|f32", "[] a", target: 20, version: "2.0"),
        new("red.global|shared.add.f64", "[] a", target: 60, version: "5.0"),
        new("red.global|shared.min|max.u32|s32|u64|s64", "[] a", target: 32, version: "3.1"),

        // Warp Level Matrix Multiply-Accumulate Instructions: mma
        new("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32", "d:f32*4 r:tf32*4 r:tf32*2 r:f32*4", target: 80, version: "7.0"),
        new("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32", "d:f32*4 r:bf16x2*4 r:bf16x2*2 r:f32*4", target: 80, version: "7.0"),
    ];

    private static readonly ILookup<string, PtxRule> ByOpcode =
        All.SelectMany(static rule => rule.Opcodes, static (rule, opcode) => (rule, opcode)).ToLookup(static pair => pair.opcode, static pair => pair.rule);

    /// <summary>Fails where an instruction has none of the legal forms.</summary>
    /// <exception cref="PtxException">Says what is wrong, by the first form with these modifiers.</exception>
    public static void Check(PtxInstruction instruction, PtxText text)
    {
        if (instruction.Guard is { } guard && PtxOperands.Problem(guard, PtxType.Predicate, 'r', widens: false, text) is { } unfit)
            throw new PtxException($"{instruction}: a guard must be a predicate: {unfit}");
        var known = ByOpcode[instruction.Opcode].ToList();
        if (known.Count == 0)
            throw new PtxException($"{instruction}: unknown instruction");
        var problems = known.Where(rule => rule.Fits(instruction)).Select(rule => rule.Problem(instruction, text)).ToList();
        if (problems.Count == 0)
            throw new PtxException($"{instruction}: no such form; there are {string.Join(", ", known)}");
        if (!problems.Contains(null))
            throw new PtxException($"{instruction}: {problems[0]}");
    }
}
