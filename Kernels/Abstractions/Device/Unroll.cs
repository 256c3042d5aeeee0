namespace GpuKeras.Kernels;

/// <summary>Loops that the kernel compiler writes out.</summary>
public static class Unroll
{
    /// <summary>
    /// A constant that stays one: a loop whose variable starts with it (and that is only changed by constants) is written out,
    /// so that <see cref="RegisterArray{T}"/>s can be indexed by the variable.
    /// </summary>
    /// <param name="start">A constant.</param>
    [DeviceIntrinsic]
    public static int From(int start) => start;
}
