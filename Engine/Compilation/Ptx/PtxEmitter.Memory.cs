using System.Globalization;

namespace GpuKeras.Compilation;

// Addresses, loads, stores and atomic updates.
internal sealed partial class PtxEmitter
{
    private readonly Dictionary<PtxAddress, string> sums = [];

    private void EmitMemory(Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.PointerAdd:
                EmitPointerAdd(Name(instruction.Target), instruction.Operands[0], instruction.Operands[1], instruction.Immediate);
                break;
            case Opcode.ArrayAddress:
                EmitArrayAddress(instruction);
                break;
            case Opcode.Load:
                var targets = Array.ConvertAll(instruction.Targets, Name);
                EmitLoad(Space(instruction), instruction.Memory, targets, Address(instruction.Operands[0]));
                break;
            case Opcode.Store:
                var values = Array.ConvertAll(instruction.Operands[1..], InRegister);
                EmitStore(Space(instruction), instruction.Memory, values, Address(instruction.Operands[0]));
                break;
            default:
                EmitAtomic(instruction);
                break;
        }
    }

    private static string Space(Instruction instruction) => PtxTypes.Space(instruction.Operands[0].Type.Space);

    private string Address(Value pointer)
    {
        var address = uses.Address(pointer);
        if (address.Index is null)
            return Offset(InRegister(address.Start), address.Offset);
        // Neighbours of a block differ in their offsets only, and share the sum.
        var key = address with { Offset = 0 };
        if (!sums.TryGetValue(key, out var sum))
        {
            sums[key] = sum = NewRegister(PtxTypes.Register(address.Start.Type));
            EmitPointerAdd(sum, address.Start, address.Index, address.Step);
        }
        return Offset(sum, address.Offset);
    }

    private static string Offset(string address, int bytes) => bytes == 0 ? address : $"{address}+{bytes}";

    private void EmitPointerAdd(string target, Value pointer, Value index, int step)
    {
        var (start, isShared) = (Operand(pointer), pointer.Type.Space == AddressSpace.Shared);
        if (index is Constant constant)
        {
            var offset = Constant.Int64(constant.Bits * step);
            Line(isShared ? $"add.s32 {target}, {start}, {(int)offset.Bits};" : $"add.s64 {target}, {start}, {Operand(offset)};");
        }
        else if (isShared)
        {
            EmitSharedAdd(target, start, index, step);
        }
        else if (index.Type.Kind == IrKind.Int32 || uses.Narrow(index, signed: true) is not null)
        {
            var narrow = index.Type.Kind == IrKind.Int32 ? index : uses.Narrow(index, signed: true)!;
            Line($"mad.wide.s32 {target}, {Operand(narrow)}, {step}, {start};");
        }
        else
        {
            Line(step == 1 ? $"add.s64 {target}, {start}, {Operand(index)};" : $"mad.lo.s64 {target}, {Operand(index)}, {step}, {start};");
        }
    }

    // Modulo 2³²: the low half of an Int64 index is enough.
    private void EmitSharedAdd(string target, string start, Value index, int step)
    {
        var narrow = Operand(uses.Narrow(index, signed: true) ?? index);
        if (narrow.StartsWith("%rd", StringComparison.Ordinal))
        {
            var wide = narrow;
            narrow = NewRegister("b32");
            Line($"cvt.u32.u64 {narrow}, {wide};");
        }
        Line(step == 1 ? $"add.s32 {target}, {start}, {narrow};" : $"mad.lo.s32 {target}, {narrow}, {step}, {start};");
    }

    private void EmitArrayAddress(Instruction instruction)
    {
        var (target, array) = (Name(instruction.Target), kernel.Arrays[instruction.Immediate]);
        if (array.Space == AddressSpace.Local)
        {
            Line($"mov.b64 {target}, array{instruction.Immediate};");
            return;
        }
        Line($"mov.b32 {target}, {(dynamicSharedBytes > 0 ? "shared" : $"array{instruction.Immediate}")};");
        var offset = kernel.Arrays.Take(instruction.Immediate)
            .Where(static before => before.Space == AddressSpace.Shared).Sum(static before => (before.SizeBytes + 15) / 16 * 16);
        if (dynamicSharedBytes > 0 && offset > 0)
            Line($"add.s32 {target}, {target}, {offset};");
    }

    private void EmitLoad(string space, IrKind memory, string[] targets, string address)
    {
        if (IsPair(memory, targets))
        {
            EmitLoad(space, memory, targets[..2], address);
            EmitLoad(space, memory, targets[2..], Offset16(address));
            return;
        }
        var is16BitFloat = memory is IrKind.Float16 or IrKind.BFloat16;
        var loaded = is16BitFloat ? Array.ConvertAll(targets, _ => NewRegister("b16")) : targets;
        Line($"ld.{space}{Vector(loaded)}.{PtxTypes.Memory(memory)} {Group(loaded)}, [{address}];");
        for (var i = 0; is16BitFloat && i < targets.Length; i++)
            EmitFrom16Bits(memory, targets[i], loaded[i]);
    }

    private void EmitStore(string space, IrKind memory, string[] values, string address)
    {
        if (IsPair(memory, values))
        {
            EmitStore(space, memory, values[..2], address);
            EmitStore(space, memory, values[2..], Offset16(address));
            return;
        }
        if (memory is IrKind.Float16 or IrKind.BFloat16)
            values = Array.ConvertAll(values, value => To16Bits(memory, value));
        Line($"st.{space}{Vector(values)}.{PtxTypes.Memory(memory)} [{address}], {Group(values)};");
    }

    // One access moves at most 16 bytes.
    private static bool IsPair(IrKind memory, string[] registers) => registers.Length == 4 && memory.SizeBytes() == 8;

    private static string Offset16(string address) => address.Split('+') is [var start, var bytes]
        ? Offset(start, int.Parse(bytes, CultureInfo.InvariantCulture) + 16)
        : Offset(address, 16);

    private static string Vector(string[] registers) => registers.Length == 1 ? "" : $".v{registers.Length}";

    private static string Group(string[] registers) => registers.Length == 1 ? registers[0] : $"{{{string.Join(", ", registers)}}}";

    private void EmitAtomic(Instruction instruction)
    {
        var (space, address, b) = (Space(instruction), Address(instruction.Operands[0]), InRegister(instruction.Operands[1]));
        var register = PtxTypes.Register(instruction.Target.Type);
        // Sums of integers are those of unsigned ones; only for them there are 64 bits.
        var operation = instruction.Atomic switch
        {
            AtomicOperation.Add => $"add.{PtxTypes.Arithmetic(instruction.Target.Type, unsigned: true)}",
            AtomicOperation.Min => $"min.{PtxTypes.Arithmetic(instruction.Target.Type)}",
            AtomicOperation.Max => $"max.{PtxTypes.Arithmetic(instruction.Target.Type)}",
            AtomicOperation.Exchange => $"exch.{register}",
            _ => $"cas.{register}",
        };
        if (instruction.Atomic == AtomicOperation.CompareExchange)
            Line($"atom.{space}.{operation} {Name(instruction.Target)}, [{address}], {b}, {InRegister(instruction.Operands[2])};");
        else if (uses.IsRead(instruction.Target) || instruction.Atomic == AtomicOperation.Exchange)
            Line($"atom.{space}.{operation} {Name(instruction.Target)}, [{address}], {b};");
        else
            Line($"red.{space}.{operation} [{address}], {b};");
    }
}
