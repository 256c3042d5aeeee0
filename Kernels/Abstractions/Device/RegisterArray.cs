namespace GpuKeras.Kernels;

/// <summary>Registers of one item under numbers. On a device each index must be a constant once loops are written out.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct RegisterArray<T>
    where T : unmanaged
{
    private readonly T[] values;

    private RegisterArray(int length) => values = new T[length];

    /// <summary>One register.</summary>
    /// <param name="index">A constant, or the variable of a loop that starts with <see cref="Unroll.From"/>.</param>
    public ref T this[int index] { [DeviceIntrinsic] get => ref values[index]; }

    /// <summary>Registers that hold 0.</summary>
    /// <param name="length">How many: a constant.</param>
    [DeviceIntrinsic]
    public static RegisterArray<T> Zeros(int length) => new(length);
}
