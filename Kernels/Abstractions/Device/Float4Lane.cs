namespace GpuKeras.Kernels;

/// <summary>Four neighbouring float32 as a lane of a GPU: one load or store of 16 bytes, which must start at a multiple of 16.</summary>
/// <remarks>An item that moves four numbers keeps enough of the memory busy; one number an item reaches about half its bandwidth.</remarks>
internal readonly struct Float4Lane : ILane<Float4Lane, float>
{
    private readonly FloatLane x;
    private readonly FloatLane y;
    private readonly FloatLane z;
    private readonly FloatLane w;

    private Float4Lane(FloatLane x, FloatLane y, FloatLane z, FloatLane w) => (this.x, this.y, this.z, this.w) = (x, y, z, w);

    public static int Count => 4;

    public static unsafe Float4Lane Load(float* address)
    {
        var numbers = *(Float4*)address;
        return new(new(numbers.X), new(numbers.Y), new(numbers.Z), new(numbers.W));
    }

    public static Float4Lane Broadcast(float value) => new(new(value), new(value), new(value), new(value));

    public unsafe void Store(float* address) => *(Float4*)address = new(x.Value, y.Value, z.Value, w.Value);

    public static Float4Lane Create(double value) => Broadcast((float)value);

    public static Float4Lane operator +(Float4Lane left, Float4Lane right) =>
        new(left.x + right.x, left.y + right.y, left.z + right.z, left.w + right.w);

    public static Float4Lane operator -(Float4Lane left, Float4Lane right) =>
        new(left.x - right.x, left.y - right.y, left.z - right.z, left.w - right.w);

    public static Float4Lane operator *(Float4Lane left, Float4Lane right) =>
        new(left.x * right.x, left.y * right.y, left.z * right.z, left.w * right.w);

    public static Float4Lane operator /(Float4Lane left, Float4Lane right) =>
        new(left.x / right.x, left.y / right.y, left.z / right.z, left.w / right.w);

    public static Float4Lane operator -(Float4Lane value) => new(-value.x, -value.y, -value.z, -value.w);

    public static Float4Lane WhereLess(Float4Lane a, Float4Lane b, Float4Lane then, Float4Lane otherwise) => new(
        FloatLane.WhereLess(a.x, b.x, then.x, otherwise.x), FloatLane.WhereLess(a.y, b.y, then.y, otherwise.y),
        FloatLane.WhereLess(a.z, b.z, then.z, otherwise.z), FloatLane.WhereLess(a.w, b.w, then.w, otherwise.w));

    public static Float4Lane WhereLessOrEqual(Float4Lane a, Float4Lane b, Float4Lane then, Float4Lane otherwise) => new(
        FloatLane.WhereLessOrEqual(a.x, b.x, then.x, otherwise.x), FloatLane.WhereLessOrEqual(a.y, b.y, then.y, otherwise.y),
        FloatLane.WhereLessOrEqual(a.z, b.z, then.z, otherwise.z), FloatLane.WhereLessOrEqual(a.w, b.w, then.w, otherwise.w));

    public static Float4Lane WhereEqual(Float4Lane a, Float4Lane b, Float4Lane then, Float4Lane otherwise) => new(
        FloatLane.WhereEqual(a.x, b.x, then.x, otherwise.x), FloatLane.WhereEqual(a.y, b.y, then.y, otherwise.y),
        FloatLane.WhereEqual(a.z, b.z, then.z, otherwise.z), FloatLane.WhereEqual(a.w, b.w, then.w, otherwise.w));

    public static Float4Lane Min(Float4Lane a, Float4Lane b) =>
        new(FloatLane.Min(a.x, b.x), FloatLane.Min(a.y, b.y), FloatLane.Min(a.z, b.z), FloatLane.Min(a.w, b.w));

    public static Float4Lane Max(Float4Lane a, Float4Lane b) =>
        new(FloatLane.Max(a.x, b.x), FloatLane.Max(a.y, b.y), FloatLane.Max(a.z, b.z), FloatLane.Max(a.w, b.w));

    public static Float4Lane Abs(Float4Lane x) =>
        new(FloatLane.Abs(x.x), FloatLane.Abs(x.y), FloatLane.Abs(x.z), FloatLane.Abs(x.w));

    public static Float4Lane Floor(Float4Lane x) =>
        new(FloatLane.Floor(x.x), FloatLane.Floor(x.y), FloatLane.Floor(x.z), FloatLane.Floor(x.w));

    public static Float4Lane Round(Float4Lane x) =>
        new(FloatLane.Round(x.x), FloatLane.Round(x.y), FloatLane.Round(x.z), FloatLane.Round(x.w));

    public static Float4Lane Sqrt(Float4Lane x) =>
        new(FloatLane.Sqrt(x.x), FloatLane.Sqrt(x.y), FloatLane.Sqrt(x.z), FloatLane.Sqrt(x.w));

    public static Float4Lane MultiplyAdd(Float4Lane a, Float4Lane b, Float4Lane c) => new(
        FloatLane.MultiplyAdd(a.x, b.x, c.x), FloatLane.MultiplyAdd(a.y, b.y, c.y),
        FloatLane.MultiplyAdd(a.z, b.z, c.z), FloatLane.MultiplyAdd(a.w, b.w, c.w));

    public static Float4Lane Exp(Float4Lane x) =>
        new(FloatLane.Exp(x.x), FloatLane.Exp(x.y), FloatLane.Exp(x.z), FloatLane.Exp(x.w));

    public static Float4Lane ExpM1(Float4Lane x) =>
        new(FloatLane.ExpM1(x.x), FloatLane.ExpM1(x.y), FloatLane.ExpM1(x.z), FloatLane.ExpM1(x.w));

    public static Float4Lane Log(Float4Lane x) =>
        new(FloatLane.Log(x.x), FloatLane.Log(x.y), FloatLane.Log(x.z), FloatLane.Log(x.w));

    public static Float4Lane Log1P(Float4Lane x) =>
        new(FloatLane.Log1P(x.x), FloatLane.Log1P(x.y), FloatLane.Log1P(x.z), FloatLane.Log1P(x.w));

    public static Float4Lane Tanh(Float4Lane x) =>
        new(FloatLane.Tanh(x.x), FloatLane.Tanh(x.y), FloatLane.Tanh(x.z), FloatLane.Tanh(x.w));

    public static Float4Lane Erf(Float4Lane x) =>
        new(FloatLane.Erf(x.x), FloatLane.Erf(x.y), FloatLane.Erf(x.z), FloatLane.Erf(x.w));

    public static Float4Lane Pow(Float4Lane x, Float4Lane y) =>
        new(FloatLane.Pow(x.x, y.x), FloatLane.Pow(x.y, y.y), FloatLane.Pow(x.z, y.z), FloatLane.Pow(x.w, y.w));

    public static Float4Lane Sin(Float4Lane x) =>
        new(FloatLane.Sin(x.x), FloatLane.Sin(x.y), FloatLane.Sin(x.z), FloatLane.Sin(x.w));

    public static Float4Lane Cos(Float4Lane x) =>
        new(FloatLane.Cos(x.x), FloatLane.Cos(x.y), FloatLane.Cos(x.z), FloatLane.Cos(x.w));

    public static Float4Lane FloorModulo(Float4Lane a, Float4Lane b) =>
        new(FloatLane.FloorModulo(a.x, b.x), FloatLane.FloorModulo(a.y, b.y), FloatLane.FloorModulo(a.z, b.z), FloatLane.FloorModulo(a.w, b.w));
}
