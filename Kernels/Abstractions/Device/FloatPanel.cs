using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels;

/// <summary>Sixteen float32 in one register of a CPU-like device; other devices do without (<see cref="DeviceProfile.IsCpuLike"/>).</summary>
public readonly struct FloatPanel
{
    /// <summary>How many numbers a panel holds.</summary>
    public const int Count = 16;

    private readonly Vector512<float> values;

    private FloatPanel(Vector512<float> values) => this.values = values;

    /// <summary>One number in every place.</summary>
    [DeviceIntrinsic]
    public static FloatPanel Broadcast(float value) => new(Vector512.Create(value));

    /// <summary>Sixteen neighbouring numbers, which need not be aligned.</summary>
    [DeviceIntrinsic]
    public static unsafe FloatPanel Load(ArrayView<float> view, long index) => new(Vector512.Load(view.Pointer + index));

    /// <summary>Writes sixteen neighbouring numbers, which need not be aligned.</summary>
    [DeviceIntrinsic]
    public static unsafe void Store(ArrayView<float> view, long index, FloatPanel panel) => panel.values.Store(view.Pointer + index);

    /// <summary>a · b + c, rounded once.</summary>
    [DeviceIntrinsic]
    public static FloatPanel MultiplyAdd(FloatPanel a, FloatPanel b, FloatPanel c) =>
        new(Vector512.FusedMultiplyAdd(a.values, b.values, c.values));

    /// <summary>a + b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator +(FloatPanel a, FloatPanel b) => new(a.values + b.values);

    /// <summary>a − b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator -(FloatPanel a, FloatPanel b) => new(a.values - b.values);

    /// <summary>a · b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator *(FloatPanel a, FloatPanel b) => new(a.values * b.values);

    /// <summary>The number in one place.</summary>
    /// <param name="place">A constant, or the variable of a loop that starts with <see cref="Unroll.From"/>.</param>
    public float this[int place] { [DeviceIntrinsic] get => values[place]; }
}
