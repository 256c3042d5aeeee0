using GpuKeras.Kernels;
using GpuKeras.Tests.Kernels.DeviceMathTests;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>The functions of <see cref="DeviceMath"/>: every device gives the host's bits.</summary>
public static class DeviceMathCases
{
    private static readonly double[] Specials =
    [
        0, -0.0, 1, -1, 0.5, -2, 3, 1e-40, -1e-310, 88.7, -103.9, 709.7, -745, 1e5, 1e20, -3e38, 1.7e308, double.Epsilon,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    public static IEnumerable<KernelCase> All =>
    [
        .. Case<Exp>(),
        .. Case<ExpM1>(),
        .. Case<Log>(),
        .. Case<Log1P>(),
        .. Case<Tanh>(),
        .. Case<Erf>(),
        .. Case<Sin>(),
        .. Case<Cos>(),
        .. Case<Pow>(),
        .. Case<Remainder>(),
        .. Case<FloorModulo>(),
    ];

    private static KernelCase[] Case<TFunction>()
        where TFunction : struct, IScalarFunction<float>, IScalarFunction<double>
    {
        // All exponents in steps, beside numbers of a usual size; each is paired with others as the second argument.
        var floats = new List<float>(Array.ConvertAll(Specials, static x => (float)x));
        var doubles = new List<double>(Specials);
        var random = new Random(6);
        for (var exponent = 0; exponent < 255; exponent += 4)
            floats.Add(BitConverter.Int32BitsToSingle(random.Next(2) << 31 | exponent << 23 | random.Next(1 << 23)));
        for (var exponent = 0; exponent < 2047; exponent += 40)
            doubles.Add(BitConverter.Int64BitsToDouble(random.NextInt64(2) << 63 | (long)exponent << 52 | random.NextInt64(1L << 52)));
        for (var i = 0; i < 40; i++)
        {
            floats.Add((float)(20 * (random.NextDouble() - 0.5)));
            doubles.Add(20 * (random.NextDouble() - 0.5));
        }
        return [Case<float, TFunction>([.. floats]), Case<double, TFunction>([.. doubles])];
    }

    private static KernelCase Case<T, TFunction>(T[] x)
        where T : unmanaged
        where TFunction : struct, IScalarFunction<T>
    {
        var y = x.ToArray();
        new Random(7).Shuffle(y);
        return new($"device math {typeof(TFunction).Name} of {typeof(T).Name}", bench => bench.Run(
            new ScalarFunctionKernel<T, TFunction>(bench.Input<T>(x), bench.Input<T>(y), bench.Output<T>(x.Length))));
    }

    private readonly struct Exp : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Exp(x);

        public static double Value(double x, double y) => DeviceMath.Exp(x);
    }

    private readonly struct ExpM1 : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.ExpM1(x);

        public static double Value(double x, double y) => DeviceMath.ExpM1(x);
    }

    private readonly struct Log : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Log(x);

        public static double Value(double x, double y) => DeviceMath.Log(x);
    }

    private readonly struct Log1P : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Log1P(x);

        public static double Value(double x, double y) => DeviceMath.Log1P(x);
    }

    private readonly struct Tanh : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Tanh(x);

        public static double Value(double x, double y) => DeviceMath.Tanh(x);
    }

    private readonly struct Erf : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Erf(x);

        public static double Value(double x, double y) => DeviceMath.Erf(x);
    }

    private readonly struct Sin : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Sin(x);

        public static double Value(double x, double y) => DeviceMath.Sin(x);
    }

    private readonly struct Cos : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Cos(x);

        public static double Value(double x, double y) => DeviceMath.Cos(x);
    }

    private readonly struct Pow : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Pow(x, y);

        public static double Value(double x, double y) => DeviceMath.Pow(x, y);
    }

    private readonly struct Remainder : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.Remainder(x, y);

        public static double Value(double x, double y) => DeviceMath.Remainder(x, y);
    }

    private readonly struct FloorModulo : IScalarFunction<float>, IScalarFunction<double>
    {
        public static float Value(float x, float y) => DeviceMath.FloorModulo(x, y);

        public static double Value(double x, double y) => DeviceMath.FloorModulo(x, y);
    }
}
