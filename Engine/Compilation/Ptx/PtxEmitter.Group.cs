namespace GpuKeras.Compilation;

// Where an item stands, and what it does together with others.
internal sealed partial class PtxEmitter
{
    private void EmitGroup(Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Special:
                EmitSpecial(instruction.Special, Name(instruction.Target));
                break;
            case Opcode.Barrier:
                Line("bar.sync 0;");
                break;
            case Opcode.Shuffle:
                EmitShuffle(instruction);
                break;
            case Opcode.MatrixMultiplyAdd:
                EmitMatrixMultiplyAdd(instruction);
                break;
            case Opcode.AsyncCopyStart:
                EmitAsyncCopy(instruction);
                break;
            case Opcode.AsyncCopyCommit:
                Line("cp.async.commit_group;");
                break;
            default:
                Line($"cp.async.wait_group {instruction.Immediate};");
                break;
        }
    }

    private void EmitSpecial(SpecialRegister special, string target)
    {
        if (special != SpecialRegister.GlobalIndex)
        {
            string[] names = ["tid", "ntid", "ctaid", "nctaid"];
            var number = (int)special - (int)SpecialRegister.ItemX;
            Line($"mov.u32 {target}, %{names[number / 3]}.{"xyz"[number % 3]};");
            return;
        }
        var (group, size) = (NewRegister("b32"), NewRegister("b32"));
        Line($"mov.u32 {group}, %ctaid.x;");
        Line($"mov.u32 {size}, %ntid.x;");
        Line($"mov.u32 {target}, %tid.x;");
        Line($"mad.lo.s32 {target}, {group}, {size}, {target};");
    }

    // A last operand says how many bytes are read; the rest becomes 0. What is used once is not worth a place in the first-level cache.
    private void EmitAsyncCopy(Instruction instruction)
    {
        Need(Ampere, "AsyncCopy", instruction);
        var (bytes, exists) = (instruction.Immediate, instruction.Operands[2]);
        var read = "";
        if (exists is Constant constant)
        {
            read = constant.Bits == 0 ? ", 0" : "";
        }
        else
        {
            var count = NewRegister("b32");
            Line($"shl.b32 {count}, {Operand(exists)}, {(bytes == 16 ? 4 : 2)};");
            read = $", {count}";
        }
        Line($"cp.async.{(bytes == 16 ? "cg" : "ca")}.shared.global [{Address(instruction.Operands[0])}], [{Address(instruction.Operands[1])}], {bytes}{read};");
    }

    // A shuffle moves 32 bits.
    private void EmitShuffle(Instruction instruction)
    {
        var (target, source) = (Name(instruction.Target), InRegister(instruction.Operands[0]));
        var (mode, clamp) = instruction.Shuffle switch
        {
            ShuffleKind.Index => ("idx", 31),
            ShuffleKind.Down => ("down", 31),
            ShuffleKind.Up => ("up", 0),
            _ => ("bfly", 31),
        };
        var lane = Operand(instruction.Operands[1]);
        var type = PtxTypes.Register(instruction.Target.Type);
        var result = NewRegister(type);
        if (type.EndsWith("32", StringComparison.Ordinal))
        {
            Line($"shfl.sync.{mode}.b32 {result}, {source}, {lane}, {clamp}, -1;");
        }
        else
        {
            var (low, high) = (NewRegister("b32"), NewRegister("b32"));
            Line($"mov.b64 {{{low}, {high}}}, {source};");
            Line($"shfl.sync.{mode}.b32 {low}, {low}, {lane}, {clamp}, -1;");
            Line($"shfl.sync.{mode}.b32 {high}, {high}, {lane}, {clamp}, -1;");
            Line($"mov.b64 {result}, {{{low}, {high}}};");
        }
        // PTX takes the distance modulo 32; from 32 on the value stays the item's own.
        if (instruction.Shuffle is ShuffleKind.Down or ShuffleKind.Up && instruction.Operands[1] is Register)
        {
            var isFar = NewRegister("pred");
            Line($"setp.gt.u32 {isFar}, {lane}, 31;");
            Line($"@{isFar} mov.{type} {result}, {source};");
        }
        Line($"mov.{type} {target}, {result};");
    }

    private void EmitMatrixMultiplyAdd(Instruction instruction)
    {
        Need(Ampere, "MatrixUnit", instruction);
        var shape = instruction.Memory == IrKind.BFloat16 ? "m16n8k16.row.col.f32.bf16.bf16.f32" : "m16n8k8.row.col.f32.tf32.tf32.f32";
        var operands = Array.ConvertAll(instruction.Operands, InRegister);
        Line($"mma.sync.aligned.{shape} {Group(Array.ConvertAll(instruction.Targets, Name))}, "
            + $"{Group(operands[..4])}, {Group(operands[4..6])}, {Group(operands[6..])};");
    }
}
