using System.Globalization;
using System.Text;

namespace GpuKeras.Compilation;

/// <summary>Writes a kernel as PTX of the lowest version and target that it needs; all rounding is said, so results are C#'s.</summary>
/// <remarks>Registers stay virtual: <c>ptxas</c>, in the driver, allocates and schedules.</remarks>
internal sealed partial class PtxEmitter
{
    /// <summary>The least target that is emitted: <c>sm_70</c>.</summary>
    public const int LeastTarget = 70;

    /// <summary>The target with matrix instructions of TF32, asynchronous copies and minima that keep NaN: <c>sm_80</c>.</summary>
    public const int Ampere = 80;

    /// <summary>The most bytes of arguments that a kernel can have.</summary>
    public const int MaxArgumentBytes = 4096;

    private const int MaxStaticSharedBytes = 48 << 10;

    private readonly KernelFunction kernel;
    private readonly int architecture;
    private readonly int groupSize;
    private readonly PtxUses uses;
    private readonly StringBuilder code = new();
    private readonly Dictionary<Register, string> names = [];
    private readonly Dictionary<string, int> registerCounts = [];
    private readonly int dynamicSharedBytes;
    private SourceLocation source;
    private int target = LeastTarget;
    private int labels;

    private PtxEmitter(KernelFunction kernel, int architecture, int groupSize)
    {
        (this.kernel, this.architecture, this.groupSize) = (kernel, architecture, groupSize);
        uses = new PtxUses(kernel);
        dynamicSharedBytes = kernel.SharedBytes > MaxStaticSharedBytes ? checked((int)kernel.SharedBytes) : 0;
    }

    /// <summary>Writes a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="architecture">What the device can do: its compute capability times ten.</param>
    /// <param name="groupSize">
    /// The most items that a group will have, so that the assembler gives an item no more registers than such a group can have; 0 to
    /// leave that open.
    /// </param>
    /// <exception cref="KernelCompilationException">The kernel needs what the device lacks.</exception>
    public static PtxModule Emit(KernelFunction kernel, int architecture = Ampere, int groupSize = 0)
    {
        PtxEmitter? emitter = null;
        try
        {
            emitter = new(kernel, architecture, groupSize);
            return emitter.Write();
        }
        catch (Exception exception) when (CompilerDefect.Is(exception))
        {
            throw CompilerDefect.Report(kernel, emitter?.source ?? default, exception);
        }
    }

    private PtxModule Write()
    {
        EmitArguments();
        for (var i = 0; i < kernel.Blocks.Count; i++)
            EmitBlock(kernel.Blocks[i], i + 1 < kernel.Blocks.Count ? kernel.Blocks[i + 1] : null);
        return new(kernel.Name, Module(), dynamicSharedBytes, groupSize);
    }

    private string Module()
    {
        var text = new StringBuilder();
        // C# names may have other letters; the driver refuses them, in comments too.
        var about = Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(kernel.Source));
        // PTX 7.0 knows sm_80, and every driver since CUDA 11 takes it.
        text.Append(CultureInfo.InvariantCulture, $".version 7.0\n.target sm_{target}\n.address_size 64\n\n// {about}\n");
        if (dynamicSharedBytes > 0)
            text.Append(".extern .shared .align 16 .b8 shared[];\n");
        text.Append(CultureInfo.InvariantCulture, $".visible .entry {kernel.Name}(\n");
        text.AppendJoin(",\n", kernel.Arguments.Select(static (argument, i) => $"  {Parameter(argument, i)}"));
        text.Append("\n)\n");
        if (groupSize > 0)
            text.Append(CultureInfo.InvariantCulture, $".maxntid {groupSize}\n");
        text.Append("{\n");
        foreach (var (type, count) in registerCounts)
            text.Append(CultureInfo.InvariantCulture, $"  .reg .{type} {PtxTypes.Prefix(type)}<{count}>;\n");
        for (var i = 0; i < kernel.Arrays.Count; i++)
        {
            var array = kernel.Arrays[i];
            if (array.Space == AddressSpace.Local || dynamicSharedBytes == 0)
                text.Append(CultureInfo.InvariantCulture, $"  .{PtxTypes.Space(array.Space)} .align 16 .b8 array{i}[{array.SizeBytes}];\n");
        }
        return text.Append(code).Append("}\n").ToString();
    }

    private static string Parameter(KernelArgument argument, int index) => argument.Kind switch
    {
        ArgumentKind.Pointer => $".param .u64 p{index}",
        ArgumentKind.Block => $".param .align {KernelFunction.BlockAlignment} .b8 p{index}[{argument.SizeBytes}]",
        _ => $".param .{PtxTypes.Memory(argument.Element)} p{index}",
    };

    private void EmitArguments()
    {
        if (kernel.ArgumentBytes > MaxArgumentBytes)
            throw Refuse($"its arguments take more than {MaxArgumentBytes} bytes", "pass a table through a view");
        for (var i = 0; i < kernel.Arguments.Count; i++)
        {
            var (argument, register) = (kernel.Arguments[i], Name(kernel.Arguments[i].Register));
            if (argument.Kind == ArgumentKind.Block)
            {
                Line($"mov.b64 {register}, p{i};");
            }
            else if (argument.Kind == ArgumentKind.Pointer)
            {
                Line($"ld.param.u64 {register}, [p{i}];");
                Line($"cvta.to.global.u64 {register}, {register};");
            }
            else
            {
                EmitLoad("param", argument.Element, [register], $"p{i}");
            }
        }
    }

    private void EmitBlock(BasicBlock block, BasicBlock? next)
    {
        code.Append(CultureInfo.InvariantCulture, $"{Label(block)}:\n");
        sums.Clear();
        foreach (var instruction in block.Instructions)
        {
            source = instruction.Source;
            if (uses.IsNeeded(instruction))
                Emit(instruction, next);
        }
    }

    private void Emit(Instruction instruction, BasicBlock? next)
    {
        if (Array.Exists(instruction.Targets, static target => target.Type.Kind == IrKind.Panel)
            || Array.Exists(instruction.Operands, static operand => operand.Type.Kind == IrKind.Panel))
        {
            throw Refuse("FloatPanel is for CPU-like devices", "choose a variant by DeviceProfile.IsCpuLike", instruction);
        }
        switch (instruction.Opcode)
        {
            case Opcode.Load or Opcode.Store or Opcode.PointerAdd or Opcode.ArrayAddress or Opcode.Atomic:
                EmitMemory(instruction);
                break;
            case Opcode.Compare or (>= Opcode.Jump and <= Opcode.Return):
                EmitControl(instruction, next);
                break;
            case Opcode.Convert or Opcode.Bitcast:
                EmitConversion(instruction);
                break;
            case Opcode.Math:
                EmitMath(instruction);
                break;
            case Opcode.Special or Opcode.Barrier or Opcode.Shuffle or Opcode.MatrixMultiplyAdd:
            case Opcode.AsyncCopyStart or Opcode.AsyncCopyCommit or Opcode.AsyncCopyWait:
                EmitGroup(instruction);
                break;
            default:
                EmitArithmetic(instruction);
                break;
        }
    }

    private void Line(string line) => code.Append("  ").Append(line).Append('\n');

    private static string Label(BasicBlock block) => $"L{block.Id}";

    private string NewLabel() => $"M{labels++}";

    /// <summary>A register in PTX.</summary>
    private string Name(Register register)
    {
        if (!names.TryGetValue(register, out var name))
            names[register] = name = NewRegister(PtxTypes.Register(register.Type));
        return name;
    }

    private string NewRegister(string type)
    {
        var number = registerCounts.GetValueOrDefault(type);
        registerCounts[type] = number + 1;
        return PtxTypes.Prefix(type) + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A register or constant as an operand.</summary>
    private string Operand(Value value, bool unsigned = false)
    {
        if (value is Register register)
            return Name(register);
        var bits = ((Constant)value).Bits;
        return value.Type.Kind switch
        {
            IrKind.Float32 => $"0f{(uint)bits:X8}",
            IrKind.Float64 => $"0d{bits:X16}",
            IrKind.Int32 when unsigned => ((uint)bits).ToString(CultureInfo.InvariantCulture),
            IrKind.Int32 => ((int)bits).ToString(CultureInfo.InvariantCulture),
            _ => bits is >= int.MinValue and <= int.MaxValue && (!unsigned || bits >= 0)
                ? bits.ToString(CultureInfo.InvariantCulture)
                : $"0x{bits:X16}",
        };
    }

    /// <summary>A value in a register.</summary>
    private string InRegister(Value value)
    {
        if (value is Register register)
            return Name(register);
        var type = PtxTypes.Register(value.Type);
        var copy = NewRegister(type);
        Line($"mov.{type} {copy}, {Operand(value)};");
        return copy;
    }

    private void Need(int least, string feature, Instruction instruction)
    {
        if (architecture < least)
        {
            throw Refuse(
                $"{feature} needs compute capability {least / 10}.{least % 10}", "choose a variant by the device's profile", instruction);
        }
        target = Math.Max(target, least);
    }

    private KernelCompilationException Refuse(string problem, string remedy, Instruction? instruction = null)
    {
        var method = instruction?.Source.Method;
        var name = method is null ? null : $"{method.DeclaringType?.Name}.{method.Name}";
        return new(kernel.Source, problem, remedy, name, instruction?.Source.Offset ?? 0);
    }
}
