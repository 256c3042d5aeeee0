namespace GpuKeras.Kernels.Elementwise;

/// <summary>Operands that all have every element of the result.</summary>
internal readonly struct DensePositions : IPositions
{
    public bool IsWide => true;

    public OperandPositions At(uint index) => new(new(index, true), new(index, true), new(index, true));
}
