namespace GpuKeras.Kernels.Elementwise;

/// <summary>Operands of two merged axes: matrices, rows (such as a bias), columns, or single values.</summary>
/// <param name="plan">How the operands are read.</param>
internal readonly struct MatrixPositions(in Broadcast plan) : IPositions
{
    private readonly uint columns = (uint)plan.InnerSize;
    private readonly Strides first = new(plan, 0);
    private readonly Strides second = new(plan, 1);
    private readonly Strides third = new(plan, 2);

    // The neighbours lie in one row.
    public bool IsWide(int width) => columns % width == 0;

    public OperandPositions At(uint index)
    {
        var row = index / columns;
        var column = index - row * columns;
        return new(first.At(row, column), second.At(row, column), third.At(row, column));
    }

    private readonly struct Strides(in Broadcast plan, int operand)
    {
        private readonly uint row = (uint)plan.Stride(0, operand);
        private readonly uint column = (uint)plan.Stride(1, operand);

        public OperandPosition At(uint rowIndex, uint columnIndex) => new(rowIndex * row + columnIndex * column, column != 0);
    }
}
