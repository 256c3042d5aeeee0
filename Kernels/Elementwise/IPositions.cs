namespace GpuKeras.Kernels.Elementwise;

/// <summary>Finds broadcast operands' elements on a device: one implementation for each form that a <see cref="Broadcast"/> takes.</summary>
internal interface IPositions
{
    /// <summary>Whether so many neighbours, from a multiple of their number on, are neighbours or one element in every operand too.</summary>
    bool IsWide(int width);

    /// <summary>The operands' positions for the element <paramref name="index"/> of the result.</summary>
    OperandPositions At(uint index);
}
