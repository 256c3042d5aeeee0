namespace GpuKeras.Kernels.Elementwise;

/// <summary>Where a broadcast operand has its elements for one lane of the result.</summary>
/// <param name="Index">The first element's position.</param>
/// <param name="IsInner">Whether the lane's other elements follow it, rather than being the same one.</param>
public readonly record struct OperandPosition(uint Index, bool IsInner)
{
    /// <summary>The operand's elements.</summary>
    /// <param name="operand">The operand's first element.</param>
    public unsafe TLane Load<TLane, TElement>(TElement* operand)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        TLane.Count == 1 || IsInner ? TLane.Load(operand + Index) : TLane.Broadcast(operand[Index]);
}
