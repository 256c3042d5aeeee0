namespace GpuKeras.Compilation;

/// <summary>Loads, stores, atomics and shuffles.</summary>
internal sealed partial class OpenClEmitter
{
    private static string Cast(Value address, string type)
    {
        var space = OpenClTypes.Space(address.Type.Space);
        return $"(({space} {type}*){Text(address)})";
    }

    private static string Load(Instruction i)
    {
        var address = i.Operands[0];
        if (i.Targets.Length == 4)
        {
            var parts = string.Join(" ", i.Targets.Select(static (target, part) => $"{target} = four.{"xyzw"[part]};"));
            return $"{{ const float4 four = *{Cast(address, "float4")}; {parts} }}";
        }
        return i.Memory switch
        {
            IrKind.Panel => $"{i.Target} = vload16(0, {Cast(address, "float")});",
            IrKind.Float16 => $"{i.Target} = vload_half(0, {Cast(address, "half")});",
            IrKind.BFloat16 => $"{i.Target} = as_float((uint)*{Cast(address, "ushort")} << 16);",
            _ => $"{i.Target} = *{Cast(address, OpenClTypes.Memory(i.Memory))};",
        };
    }

    private string Store(Instruction i)
    {
        var (address, value) = (i.Operands[0], Text(i.Operands[1]));
        if (i.Operands.Length == 5)
            return $"*{Cast(address, "float4")} = (float4)({string.Join(", ", i.Operands[1..].Select(Text))});";
        switch (i.Memory)
        {
            case IrKind.Panel:
                return $"vstore16({value}, 0, {Cast(address, "float")});";
            case IrKind.Float16:
                return $"vstore_half_rte({value}, 0, {Cast(address, "half")});";
            case IrKind.BFloat16:
                helpers.Add(OpenClHelper.RoundBFloat);
                return $"*{Cast(address, "ushort")} = (ushort)gk_bfloat_bits({value});";
            default:
                var type = OpenClTypes.Memory(i.Memory);
                return $"*{Cast(address, type)} = {(i.Memory.IsSmallInteger() ? $"({type})" : "")}{value};";
        }
    }

    private string AtomicCall(Instruction i)
    {
        var address = i.Operands[0];
        var rest = string.Join(", ", i.Operands[1..].Select(Text));
        var isShared = address.Type.Space == AddressSpace.Shared;
        if (i.Memory is IrKind.Int64 or IrKind.Float64)
            helpers.Add(OpenClHelper.Int64Atomics);
        switch (i.Memory)
        {
            case IrKind.Float32:
                helpers.Add(isShared ? OpenClHelper.AtomicAddFloatLocal : OpenClHelper.AtomicAddFloatGlobal);
                return $"gk_add_float_{(isShared ? "local" : "global")}({Cast(address, "uint")}, {rest})";
            case IrKind.Float64:
                helpers.Add(isShared ? OpenClHelper.AtomicAddDoubleLocal : OpenClHelper.AtomicAddDoubleGlobal);
                return $"gk_add_double_{(isShared ? "local" : "global")}({Cast(address, "ulong")}, {rest})";
            default:
                var name = i.Atomic switch
                {
                    AtomicOperation.Exchange => "xchg",
                    AtomicOperation.CompareExchange => "cmpxchg",
                    var operation => operation.ToString().ToLowerInvariant(),
                };
                return i.Memory == IrKind.Int64
                    ? $"atom_{name}((volatile {OpenClTypes.Space(address.Type.Space)} long*){Text(address)}, {rest})"
                    : $"atomic_{name}((volatile {OpenClTypes.Space(address.Type.Space)} int*){Text(address)}, {rest})";
        }
    }

    // Through shared memory: every item writes its value and, once all have, reads another's. The first barrier waits for earlier
    // readers.
    private string Shuffle(Instruction i)
    {
        var by = $"(uint){Text(i.Operands[1])}";
        var source = i.Shuffle switch
        {
            ShuffleKind.Index => $"({by} & 31u)",
            ShuffleKind.Down => $"(lane + {by} < 32u ? lane + {by} : lane)",
            ShuffleKind.Up => $"(lane >= {by} ? lane - {by} : lane)",
            _ => $"(lane ^ {by})",
        };
        var type = i.Target.Type;
        var bits = type.Kind is IrKind.Int64 or IrKind.Float64 ? "ulong" : "uint";
        return $"barrier(CLK_LOCAL_MEM_FENCE); exchange[item] = as_{bits}({Text(i.Operands[0])}); barrier(CLK_LOCAL_MEM_FENCE); "
            + $"{i.Target} = as_{OpenClTypes.Name(type)}(({bits})exchange[(item & ~31u) + {source}]);";
    }
}
