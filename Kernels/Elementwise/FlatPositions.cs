namespace GpuKeras.Kernels.Elementwise;

/// <summary>Operands that have every element of the result, or are one repeated value.</summary>
/// <param name="plan">How the operands are read.</param>
internal readonly struct FlatPositions(in Broadcast plan) : IPositions
{
    private readonly bool first = plan.IsInner(0);
    private readonly bool second = plan.IsInner(1);
    private readonly bool third = plan.IsInner(2);

    // A register that begins among the elements ends among them: see WideItems.
    public bool IsWide(int width) => true;

    public OperandPositions At(uint index) => new(
        new(first ? index : 0, first), new(second ? index : 0, second), new(third ? index : 0, third));
}
