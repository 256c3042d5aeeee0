namespace GpuKeras.Kernels.Elementwise;

/// <summary>Operands that all have every element of the result.</summary>
internal readonly struct DensePositions : IPositions
{
    public bool IsWide(int width) => true;

    public OperandPositions At(uint index) => new(new(index, true), new(index, true), new(index, true));
}
