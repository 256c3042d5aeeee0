namespace GpuKeras.Compilation;

/// <summary>A run of IL instructions without branches into or out of its middle.</summary>
/// <param name="first">The index of its first instruction.</param>
internal sealed class IlBlock(int first)
{
    /// <summary>The index of its first instruction.</summary>
    public int First { get; } = first;

    /// <summary>One more than the index of its last instruction.</summary>
    public int End { get; set; }

    /// <summary>Where the control flow goes.</summary>
    public List<IlBlock> Successors { get; } = [];

    /// <summary>Where it comes from.</summary>
    public List<IlBlock> Predecessors { get; } = [];

    /// <summary>Its place in an order in which every block comes after those that lead to it, but for loops.</summary>
    public int Order { get; set; } = -1;

    /// <summary>Whether a loop starts here.</summary>
    public bool IsLoopHeader { get; set; }

    /// <summary>For a loop header: the variables that the loop assigns.</summary>
    public bool[]? LoopStores { get; set; }

    /// <summary>The variables whose values are still needed.</summary>
    public bool[] LiveIn { get; set; } = [];
}
