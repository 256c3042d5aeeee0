using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Attention;

/// <summary>The vectors of each head at some positions of <c>[batch, positions, heads, dim]</c>, as operands of products.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">The memory from the first position of the first entry on.</param>
/// <param name="positions">How many positions.</param>
/// <param name="dim">The size of a vector.</param>
/// <param name="heads">How many heads there are.</param>
/// <param name="offsets">Where the heads of the entries begin.</param>
internal readonly struct HeadVectors<T>(ArrayView<T> view, int positions, int dim, int heads, BatchOffsets offsets)
    where T : unmanaged
{
    /// <summary>Lines are positions.</summary>
    public ProductOperand<T> ByPosition => new(view, positions, dim, checked(heads * dim), 1, offsets);

    /// <summary>Lines are the numbers of the vectors, and k are positions.</summary>
    public ProductOperand<T> ByNumber => new(view, dim, positions, 1, checked(heads * dim), offsets);
}
