using System.Text;

namespace GpuKeras.Compilation;

/// <summary>Writes a kernel as OpenCL C 1.2.</summary>
/// <remarks>
/// Registers become variables and blocks become labels: a device's compiler finds the loops again. Signed arithmetic goes through
/// unsigned numbers, as its overflow is undefined in C; contraction of a · b + c is off.
/// </remarks>
internal sealed partial class OpenClEmitter
{
    /// <summary>The most items of a group that uses <see cref="Kernels.Warp"/>: they pass values through an array of this length.</summary>
    public const int MaxShuffleItems = 1024;

    private readonly KernelFunction function;
    private readonly StringBuilder text = new();
    private readonly SortedSet<OpenClHelper> helpers = [];
    private readonly HashSet<BasicBlock> labelled = [];
    private SourceLocation source;

    private OpenClEmitter(KernelFunction function) => this.function = function;

    /// <summary>The source text of a kernel. Texts of several kernels can be joined.</summary>
    /// <param name="function">The kernel.</param>
    /// <exception cref="KernelCompilationException">It uses what OpenCL does not have.</exception>
    public static string Emit(KernelFunction function)
    {
        var emitter = new OpenClEmitter(function);
        try
        {
            return emitter.Write();
        }
        catch (Exception exception) when (CompilerDefect.Is(exception))
        {
            throw CompilerDefect.Report(function, emitter.source, exception);
        }
    }

    private string Write()
    {
        EmitSignature();
        EmitRegisters();
        for (var i = 0; i < function.Blocks.Count; i++)
        {
            foreach (var successor in function.Blocks[i].Terminator.Successors)
                labelled.Add(successor);
        }
        for (var i = 0; i < function.Blocks.Count; i++)
            EmitBlock(function.Blocks[i], i + 1 < function.Blocks.Count ? function.Blocks[i + 1] : null);
        text.Append("}\n");
        return Preamble() + text;
    }

    /// <summary>The shared memory through which items pass values, beside the kernel's own.</summary>
    public static int ExchangeBytes(KernelFunction function) => MaxShuffleItems * function.Instructions
        .Where(static instruction => instruction.Opcode == Opcode.Shuffle)
        .Select(static instruction => instruction.Target.Type.Kind is IrKind.Int64 or IrKind.Float64 ? sizeof(ulong) : sizeof(uint))
        .DefaultIfEmpty().Max();

    private string Preamble()
    {
        var preamble = new StringBuilder($"// {function.Source}\n#pragma OPENCL FP_CONTRACT OFF\n");
        if (function.UsesFloat64)
            preamble.Append("#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n");
        foreach (var helper in helpers)
            preamble.Append(OpenClHelpers.Text(helper));
        return preamble.ToString();
    }

    private void EmitSignature()
    {
        var parameters = new List<string>();
        foreach (var argument in function.Arguments)
        {
            if (argument.Kind == ArgumentKind.Block)
            {
                var (element, count) = (OpenClTypes.Memory(argument.Element), argument.SizeBytes / argument.Element.SizeBytes());
                parameters.Add($"const block_{element}_{count} a{argument.Register.Id}");
                blocks.Add($"#ifndef BLOCK_{element}_{count}\n#define BLOCK_{element}_{count}\n"
                    + $"typedef struct {{ {element} e[{count}]; }} block_{element}_{count};\n#endif\n");
            }
            else
            {
                parameters.Add(IsWidened(argument)
                    ? $"{OpenClTypes.Memory(argument.Element)} a{argument.Register.Id}"
                    : $"{OpenClTypes.Name(argument.Register.Type)} {argument.Register}");
            }
        }
        text.AppendJoin("", blocks).Append($"__kernel void {function.Name}(").AppendJoin(", ", parameters).Append(")\n{\n");
    }

    private readonly SortedSet<string> blocks = [];

    private static bool IsWidened(KernelArgument argument) => argument.Element.SizeBytes() < 4;

    private void EmitRegisters()
    {
        for (var i = 0; i < function.Arrays.Count; i++)
        {
            var array = function.Arrays[i];
            text.Append(array.Space == AddressSpace.Shared ? "  __local " : "  ")
                .Append($"{OpenClTypes.Memory(array.Element)} array{i}[{array.SizeBytes / array.Element.SizeBytes()}]")
                .Append(" __attribute__((aligned(16)));\n");
        }
        if (ExchangeBytes(function) is var exchanged and > 0)
        {
            exchange = exchanged > MaxShuffleItems * sizeof(uint) ? "ulong" : "uint";
            text.Append($"  __local {exchange} exchange[{MaxShuffleItems}];\n"
                + "  const uint item = (uint)((get_local_id(2) * get_local_size(1) + get_local_id(1)) * get_local_size(0)"
                + " + get_local_id(0));\n"
                + "  const uint lane = item & 31u;\n");
        }
        var parameters = function.Arguments
            .Where(static a => a.Kind != ArgumentKind.Block && !IsWidened(a)).Select(static a => a.Register).ToHashSet();
        var registers = function.Instructions.SelectMany(static i => i.Targets)
            .Concat(function.Arguments.Select(static a => a.Register)).Distinct().Where(register => !parameters.Contains(register));
        foreach (var group in registers.GroupBy(static register => register.Type))
        {
            var star = group.Key.IsPointer ? "*" : "";
            text.Append($"  {OpenClTypes.Name(group.Key).TrimEnd('*')} ")
                .AppendJoin(", ", group.Select(register => star + register)).Append(";\n");
        }
        foreach (var argument in function.Arguments)
        {
            if (argument.Kind == ArgumentKind.Block)
                text.Append($"  {argument.Register} = (const __private char*)&a{argument.Register.Id};\n");
            else if (IsWidened(argument))
                text.Append($"  {argument.Register} = {Widen(argument)};\n");
        }
    }

    private string exchange = "uint";

    private string Widen(KernelArgument argument) => argument.Element switch
    {
        IrKind.Float16 => $"vload_half(0, (const __private half*)&a{argument.Register.Id})",
        IrKind.BFloat16 => $"as_float((uint)a{argument.Register.Id} << 16)",
        _ => $"a{argument.Register.Id}",
    };

    private void EmitBlock(BasicBlock block, BasicBlock? next)
    {
        if (labelled.Contains(block))
            text.Append($"b{block.Id}: ;\n");
        foreach (var instruction in block.Instructions)
        {
            source = instruction.Source;
            var line = instruction.IsTerminator ? Terminator(instruction, next) : Statement(instruction);
            if (line.Length > 0)
                text.Append("  ").Append(line).Append('\n');
        }
    }

    private static string Terminator(Instruction i, BasicBlock? next)
    {
        string Go(BasicBlock to) => to == next ? "" : $"goto b{to.Id};";
        switch (i.Opcode)
        {
            case Opcode.Jump:
                return Go(i.Successors[0]);
            case Opcode.Branch:
                var otherwise = Go(i.Successors[1]);
                return $"if ({Relation(i)}) goto b{i.Successors[0].Id};" + (otherwise.Length > 0 ? " else " + otherwise : "");
            case Opcode.Switch:
                var cases = i.Successors[..^1].Select(static (to, number) => $"case {number}: goto b{to.Id}; ");
                return $"switch ({Text(i.Operands[0])}) {{ {string.Concat(cases)}default: goto b{i.Successors[^1].Id}; }}";
            default:
                return "return;";
        }
    }
}
