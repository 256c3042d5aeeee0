namespace GpuKeras.Kernels.Elementwise;

/// <summary>Finds broadcast operands' elements on a device: one implementation for each form that a <see cref="Broadcast"/> takes.</summary>
internal interface IPositions
{
    /// <summary>Whether four neighbours from a multiple of four on are neighbours, or one element, in every operand too.</summary>
    bool IsWide { get; }

    /// <summary>The operands' positions for the element <paramref name="index"/> of the result.</summary>
    OperandPositions At(uint index);
}
