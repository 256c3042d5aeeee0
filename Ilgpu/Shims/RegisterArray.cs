namespace GpuKeras.Kernels;

/// <summary>Numbers of one item. ILGPU writes no loops out, so they are in local memory and not in registers.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct RegisterArray<T>
    where T : unmanaged
{
    private readonly ArrayView<T> values;

    private RegisterArray(ArrayView<T> values) => this.values = values;

    /// <summary>One number.</summary>
    public ref T this[int index] => ref values[index];

    /// <summary>Numbers that are 0.</summary>
    /// <param name="length">How many: a constant.</param>
    public static RegisterArray<T> Zeros(int length)
    {
        var values = LocalMemory.Allocate<T>(length);
        for (var i = 0; i < length; i++)
            values[i] = default;
        return new(values);
    }
}
