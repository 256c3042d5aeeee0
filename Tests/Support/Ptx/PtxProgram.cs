namespace GpuKeras.Tests.Support.Ptx;

/// <summary>A kernel that can run: each instruction of the text checked, and turned into what it does.</summary>
public sealed class PtxProgram
{
    private static readonly Func<PtxForm, PtxStep?>[] Families =
    [
        PtxFlow.Build, PtxIntegers.Build, PtxFloats.Build, PtxLogic.Build, PtxComparison.Build, PtxConversion.Build, PtxMemory.Build,
        PtxAtomics.Build, PtxWarp.Build, PtxCopies.Build,
    ];

    /// <summary>Reads a module with one kernel.</summary>
    /// <exception cref="PtxException">Something in the text is unknown or has wrong types.</exception>
    public PtxProgram(string source)
    {
        Text = new PtxText(source);
        var slots = new PtxSlots(Text.Registers);
        var code = new List<PtxStep>();
        foreach (var instruction in Text.Instructions)
        {
            var form = new PtxForm(instruction, Text, slots);
            try
            {
                var step = Families.Select(build => build(form)).FirstOrDefault(static step => step is not null)
                    ?? throw form.Fault("unknown instruction");
                form.End();
                PtxRules.Check(instruction, Text);
                if (form.Together is not null)
                    Together[code.Count] = form.Together;
                code.Add(Guarded(instruction, step, slots));
            }
            catch (PtxException exception) when (!exception.Message.StartsWith("line", StringComparison.Ordinal))
            {
                throw form.Fault(exception.Message);
            }
        }
        code.Add(static _ => throw new PtxException("the kernel runs past its last instruction"));
        Code = [.. code];
        Initial = slots.Initial;
        Constants = new PtxBlock(Text, "const");
    }

    public PtxText Text { get; }

    public PtxStep[] Code { get; }

    /// <summary>What the warp instructions do to all lanes, by their number.</summary>
    public Dictionary<int, Action<PtxItem[]>> Together { get; } = [];

    /// <summary>What an item's registers hold at first.</summary>
    public ulong[] Initial { get; }

    public PtxBlock Constants { get; }

    private static PtxStep Guarded(PtxInstruction instruction, PtxStep step, PtxSlots slots)
    {
        if (instruction.Guard is null)
            return step;
        var (slot, type) = slots.Register(instruction.Guard);
        if (type != PtxType.Predicate)
            throw new PtxException($"{instruction.Guard} is {type}; a guard must be a predicate");
        var runs = instruction.Negated ? 0u : 1u;
        return item =>
        {
            if (item.R[slot] == runs)
                step(item);
        };
    }
}
