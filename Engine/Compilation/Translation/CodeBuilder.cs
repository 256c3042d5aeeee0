using GpuKeras.Kernels;

namespace GpuKeras.Compilation;

/// <summary>Writes instructions at the end of the current block, and folds those whose operands are constants.</summary>
internal sealed partial class CodeBuilder
{
    private readonly KernelFunction function;
    private readonly Failure failure;
    private readonly Dictionary<PureResult, Register> results = [];
    private readonly Dictionary<ulong, Register> arrays = [];
    private readonly Dictionary<SpecialRegister, Register> specials = [];

    /// <summary>Starts the function's entry block.</summary>
    public CodeBuilder(KernelFunction function, Failure failure)
    {
        this.function = function;
        this.failure = failure;
        Entry = NewBlock();
        Block = Entry;
        function.Blocks.Add(Entry);
    }

    /// <summary>The first block: addresses of arrays and arguments.</summary>
    public BasicBlock Entry { get; }

    /// <summary>The block that is being written.</summary>
    public BasicBlock Block { get; private set; }

    /// <summary>Where the code being written comes from.</summary>
    public SourceLocation Source { get; set; }

    /// <summary>The number of blocks so far.</summary>
    public int BlockCount { get; private set; }

    /// <summary>A block that is not placed yet.</summary>
    public BasicBlock NewBlock() => new(BlockCount++);

    /// <summary>Goes on writing in a new block.</summary>
    public void Place(BasicBlock block)
    {
        function.Blocks.Add(block);
        Block = block;
        results.Clear();
    }

    /// <summary>A new register without a value.</summary>
    public Register NewRegister(IrType type) => new(function.RegisterCount++, type);

    /// <summary>Writes an instruction.</summary>
    public void Add(Instruction instruction) => Block.Instructions.Add(instruction);

    /// <summary>Writes an instruction without a target.</summary>
    public void Add(Opcode opcode, params Value[] operands) => Add(new Instruction(opcode, [], operands) { Source = Source });

    /// <summary>Writes an instruction and gives its target.</summary>
    public Register Define(Opcode opcode, IrType type, params Value[] operands) =>
        Define(type, target => new(opcode, [target], operands) { Source = Source });

    /// <summary>Writes an instruction and gives its target; the same computation in the same block is written once.</summary>
    public Register Define(IrType type, Func<Register, Instruction> make)
    {
        var target = NewRegister(type);
        var instruction = make(target);
        if (instruction.IsPure && !results.TryAdd(new(instruction), target))
            return results[new(instruction)];
        target.Definition = instruction;
        Add(instruction);
        return target;
    }

    /// <summary>Assigns a variable that is assigned elsewhere too.</summary>
    public void Assign(Register variable, Value value) => Add(new Instruction(Opcode.Move, [variable], [value]) { Source = Source });

    /// <summary>A number that says where the item stands, read once in the entry block.</summary>
    public Register Special(SpecialRegister special)
    {
        if (specials.TryGetValue(special, out var known))
            return known;
        var target = NewRegister(IrType.Int32);
        target.Definition = new(Opcode.Special, [target], []) { Special = special, Source = Source };
        Entry.Instructions.Insert(0, target.Definition);
        return specials[special] = target;
    }

    /// <summary>The address of a new array, taken in the entry block so that it is known everywhere.</summary>
    /// <param name="space">Which memory.</param>
    /// <param name="element">The element type.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="name">What allocates it; the same place in the code gives the same array.</param>
    public Register NewArray(AddressSpace space, Type element, long count, ulong name)
    {
        if (arrays.TryGetValue(name, out var known))
            return known;
        var kind = PrimitiveTypes.KindOf(element) ?? (element == typeof(Float4) ? IrKind.Float32 : IrKind.UInt8);
        function.Arrays.Add(new MemoryArray(space, kind, count * PrimitiveTypes.SizeOf(element)));
        var target = NewRegister(IrType.Pointer(space));
        target.Definition = new(Opcode.ArrayAddress, [target], []) { Immediate = function.Arrays.Count - 1, Source = Source };
        Entry.Instructions.Insert(0, target.Definition);
        return arrays[name] = target;
    }

    /// <summary>Ends the block.</summary>
    public void Jump(BasicBlock to) => Add(new Instruction(Opcode.Jump, [], []) { Successors = [to], Source = Source });
}
