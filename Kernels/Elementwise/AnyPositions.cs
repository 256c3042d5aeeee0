namespace GpuKeras.Kernels.Elementwise;

/// <summary>Operands of any number of merged axes.</summary>
/// <param name="plan">How the operands are read.</param>
internal readonly struct AnyPositions(in Broadcast plan) : IPositions
{
    private readonly int rank = plan.Rank;
    private readonly Extents sizes = plan.Sizes;
    private readonly Extents first = plan.Strides(0);
    private readonly Extents second = plan.Strides(1);
    private readonly Extents third = plan.Strides(2);

    public bool IsWide(int width) => sizes[rank - 1] % width == 0;

    public OperandPositions At(uint index)
    {
        var (a, b, c) = (0u, 0u, 0u);
        for (var axis = rank - 1; axis >= 0; axis--)
        {
            var size = (uint)sizes[axis];
            var rest = index / size;
            var coordinate = index - rest * size;
            a += coordinate * (uint)first[axis];
            b += coordinate * (uint)second[axis];
            c += coordinate * (uint)third[axis];
            index = rest;
        }
        return new(new(a, first[rank - 1] != 0), new(b, second[rank - 1] != 0), new(c, third[rank - 1] != 0));
    }
}
