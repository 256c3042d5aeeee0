namespace GpuKeras.Compilation;

/// <summary>A piece of a method that is reached, with certain values of unrolled loop variables.</summary>
/// <param name="Id">Its name: the path of calls, the place in the IL, and those values.</param>
/// <param name="Il">Its IL; null for the method's end.</param>
/// <param name="Block">Its code.</param>
internal sealed record PendingBlock(ulong Id, IlBlock? Il, BasicBlock Block)
{
    /// <summary>What is known about variables where it starts.</summary>
    public Dictionary<Slot, StackValue>? Entry { get; set; }

    /// <summary>The variables that carry the evaluation stack into it.</summary>
    public Slot[] Stack { get; set; } = [];

    /// <summary>Whether it has been translated.</summary>
    public bool IsTranslated { get; set; }
}
