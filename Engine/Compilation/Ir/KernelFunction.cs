namespace GpuKeras.Compilation;

/// <summary>
/// A static C# method as flat three-address code: every call inlined, every struct in registers, generics and constants resolved.
/// </summary>
/// <remarks>
/// <see cref="KernelCompiler.Translate(System.Reflection.MethodInfo)"/> makes it; <see cref="OpenClEmitter.Emit"/> and the PTX emitter write it out.
/// An auto-indexed kernel reads <see cref="SpecialRegister.GlobalIndex"/> and leaves where it is not below its Count argument: that is part of the code.
/// </remarks>
internal sealed class KernelFunction
{
    /// <summary>What the address of a block among the arguments is a multiple of.</summary>
    public const int BlockAlignment = 8;

    /// <summary>The kernel's name in the device's language.</summary>
    public required string Name { get; init; }

    /// <summary>What the C# method was, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it runs over a count of indices rather than a grid of groups.</summary>
    public required bool IsIndexed { get; init; }

    /// <summary>The arguments that it uses, in the order in which they are passed.</summary>
    public List<KernelArgument> Arguments { get; } = [];

    /// <summary>Its shared and local arrays.</summary>
    public List<MemoryArray> Arrays { get; } = [];

    /// <summary>The code; the first block is the entry, and has no predecessors.</summary>
    public List<BasicBlock> Blocks { get; } = [];

    /// <summary>One more than the largest number of a register.</summary>
    public int RegisterCount { get; set; }

    /// <summary>All instructions in order.</summary>
    public IEnumerable<Instruction> Instructions => Blocks.SelectMany(static block => block.Instructions);

    /// <summary>The group's static shared memory in bytes.</summary>
    public long SharedBytes => Arrays.Where(static array => array.Space == AddressSpace.Shared)
        .Sum(static array => (array.SizeBytes + 15) / 16 * 16);

    /// <summary>Whether it computes in float64, which some devices lack.</summary>
    public bool UsesFloat64 => Instructions.SelectMany(static instruction => instruction.Targets.Concat(instruction.Operands))
        .Any(static value => value.Type.Kind == IrKind.Float64);

    /// <summary>The bytes of all arguments as a device lays them out: each on a multiple of its size, a block on one of 8.</summary>
    public int ArgumentBytes
    {
        get
        {
            var end = 0;
            foreach (var argument in Arguments)
            {
                var alignment = argument.Kind == ArgumentKind.Block ? BlockAlignment : argument.SizeBytes;
                end = (end + alignment - 1) / alignment * alignment + argument.SizeBytes;
            }
            return end;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({string.Join(", ", Arguments.Select(static a => $"{a.Kind} {a.Register}"))})\n"
        + string.Join("\n", Blocks.Select(static b => $"b{b.Id}:\n  " + string.Join("\n  ", b.Instructions)));
}
