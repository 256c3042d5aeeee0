namespace GpuKeras.Kernels.Linear;

/// <summary>One row of the tile of C that the matrix product keeps in registers: one or two vectors side by side.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe interface ITileRow<TSelf, T>
    where TSelf : struct, ITileRow<TSelf, T>
    where T : unmanaged
{
    /// <summary>How many columns the row holds.</summary>
    static abstract int Width { get; }

    /// <summary>Reads <see cref="Width"/> elements from an address that need not be aligned.</summary>
    static abstract TSelf Load(T* address);

    /// <summary>Writes <see cref="Width"/> elements to an address that need not be aligned.</summary>
    void Store(T* address);

    /// <summary>factor · row + addend in every column; the factor is read from memory.</summary>
    static abstract TSelf MultiplyAdd(T* factor, TSelf row, TSelf addend);

    /// <summary>a + b in every column.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);
}
