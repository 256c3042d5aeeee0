namespace GpuKeras.Kernels;

/// <summary>Sixteen float32 in one register of a CPU-like device; other devices do without (<see cref="DeviceProfile.IsCpuLike"/>).</summary>
/// <remarks>
/// A lane, so that what is written over lanes runs over registers on such a device too. The sine and the cosine are the device's own:
/// within a few units in the last place, not the host's bits.
/// </remarks>
public readonly struct FloatPanel : IFloatVector<FloatPanel>
{
    /// <summary>How many numbers a panel holds.</summary>
    public const int Count = 16;

    private readonly FloatVector512 values;

    private FloatPanel(FloatVector512 values) => this.values = values;

    /// <inheritdoc/>
    static int ILane<FloatPanel, float>.Count => Count;

    /// <summary>The number in one place.</summary>
    /// <param name="place">A constant, or the variable of a loop that starts with <see cref="Unroll.From"/>.</param>
    public float this[int place] { [DeviceIntrinsic] get => values.Value[place]; }

    /// <summary>One number in every place.</summary>
    [DeviceIntrinsic]
    public static FloatPanel Broadcast(float value) => new(FloatVector512.Broadcast(value));

    /// <inheritdoc/>
    public static FloatPanel Create(double value) => Broadcast((float)value);

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static unsafe FloatPanel Load(float* address) => new(FloatVector512.Load(address));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public unsafe void Store(float* address) => values.Store(address);

    /// <summary>Sixteen neighbouring numbers, which need not be aligned.</summary>
    [DeviceIntrinsic]
    public static unsafe FloatPanel Load(ArrayView<float> view, long index) => Load(view.Pointer + index);

    /// <summary>Writes sixteen neighbouring numbers, which need not be aligned.</summary>
    [DeviceIntrinsic]
    public static unsafe void Store(ArrayView<float> view, long index, FloatPanel panel) => panel.Store(view.Pointer + index);

    /// <summary>a · b + c, rounded once.</summary>
    [DeviceIntrinsic]
    public static FloatPanel MultiplyAdd(FloatPanel a, FloatPanel b, FloatPanel c) =>
        new(FloatVector512.MultiplyAdd(a.values, b.values, c.values));

    /// <summary>a + b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator +(FloatPanel a, FloatPanel b) => new(a.values + b.values);

    /// <summary>a − b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator -(FloatPanel a, FloatPanel b) => new(a.values - b.values);

    /// <summary>a · b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator *(FloatPanel a, FloatPanel b) => new(a.values * b.values);

    /// <summary>a / b.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator /(FloatPanel a, FloatPanel b) => new(a.values / b.values);

    /// <summary>−a.</summary>
    [DeviceIntrinsic]
    public static FloatPanel operator -(FloatPanel a) => new(-a.values);

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel WhereLess(FloatPanel a, FloatPanel b, FloatPanel then, FloatPanel otherwise) =>
        new(FloatVector512.WhereLess(a.values, b.values, then.values, otherwise.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel WhereLessOrEqual(FloatPanel a, FloatPanel b, FloatPanel then, FloatPanel otherwise) =>
        new(FloatVector512.WhereLessOrEqual(a.values, b.values, then.values, otherwise.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel WhereEqual(FloatPanel a, FloatPanel b, FloatPanel then, FloatPanel otherwise) =>
        new(FloatVector512.WhereEqual(a.values, b.values, then.values, otherwise.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Min(FloatPanel a, FloatPanel b) => new(FloatVector512.Min(a.values, b.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Max(FloatPanel a, FloatPanel b) => new(FloatVector512.Max(a.values, b.values));

    /// <inheritdoc/>
    public static FloatPanel Pow(FloatPanel x, FloatPanel y) => VectorMath.Pow(x, y);

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel FloorModulo(FloatPanel a, FloatPanel b) => new(FloatVector512.FloorModulo(a.values, b.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Abs(FloatPanel x) => new(FloatVector512.Abs(x.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Floor(FloatPanel x) => new(FloatVector512.Floor(x.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Round(FloatPanel x) => new(FloatVector512.Round(x.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Sqrt(FloatPanel x) => new(FloatVector512.Sqrt(x.values));

    /// <inheritdoc/>
    public static FloatPanel Exp(FloatPanel x) => VectorMath.Exp(x);

    /// <inheritdoc/>
    public static FloatPanel ExpM1(FloatPanel x) => VectorMath.ExpM1(x);

    /// <inheritdoc/>
    public static FloatPanel Log(FloatPanel x) => VectorMath.Log(x);

    /// <inheritdoc/>
    public static FloatPanel Log1P(FloatPanel x) => VectorMath.Log1P(x);

    /// <inheritdoc/>
    public static FloatPanel Tanh(FloatPanel x) => VectorMath.Tanh(x);

    /// <inheritdoc/>
    public static FloatPanel Erf(FloatPanel x) => VectorMath.ErfWithoutTable(x);

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Sin(FloatPanel x) => new(FloatVector512.Sin(x.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel Cos(FloatPanel x) => new(FloatVector512.Cos(x.values));

    /// <inheritdoc/>
    public static FloatPanel ScaleByPowerOfTwo(FloatPanel x, FloatPanel n) => VectorMath.ScaleByPowerOfTwo(x, n);

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel FromExponentBits(FloatPanel bits) => new(FloatVector512.FromExponentBits(bits.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel ToExponentBits(FloatPanel x) => new(FloatVector512.ToExponentBits(x.values));

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel FromMantissaBits(FloatPanel x) => new(FloatVector512.FromMantissaBits(x.values));

    /// <summary>For the host alone.</summary>
    static unsafe FloatPanel IFloatVector<FloatPanel>.Lookup(float* table, FloatPanel bits) =>
        new(FloatVector512.Lookup(table, bits.values));

    /// <inheritdoc/>
    public static FloatPanel Exponent(FloatPanel x) => VectorMath.Exponent(x);

    /// <inheritdoc/>
    public static FloatPanel Mantissa(FloatPanel x) => VectorMath.Mantissa(x);

    /// <inheritdoc/>
    public static FloatPanel Clamp(FloatPanel x, FloatPanel low, FloatPanel high) => AtMost(WhereLess(x, low, low, x), high);

    /// <inheritdoc/>
    public static FloatPanel AtMost(FloatPanel x, FloatPanel high) => WhereLess(high, x, high, x);

    /// <inheritdoc/>
    [DeviceIntrinsic]
    public static FloatPanel CopySign(FloatPanel magnitude, FloatPanel sign) =>
        new(FloatVector512.CopySign(magnitude.values, sign.values));
}
