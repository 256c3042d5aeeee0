using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Functions of two numbers, comparisons, where and multiply-add, over the forms that broadcasting takes.</summary>
public static class ElementwiseCasesOfTwoNumbers
{
    private const double Rounding = 1.0 / (1 << 22);

    private static readonly int[] Matrix = [5, 7];

    public static IEnumerable<KernelCase> All =>
    [
        .. Floats<Add>(), .. Floats<Subtract>(), .. Floats<Multiply>(), .. Floats<Divide>(), .. Floats<Power>(), .. Floats<Maximum>(),
        .. Floats<Minimum>(), .. Floats<SquaredDifference>(), .. Floats<AddRelu>(), .. Floats<FloorDivide>(), .. Floats<FloorModulo>(),
        Zip<Add, double>("float64", Matrix, Matrix, Matrix, Samples.Doubles(35), Samples.Doubles(35, 2)),
        Zip<Divide, int>("int32", [6], [6], [6], [7, -7, 7, -7, 5, int.MinValue], [2, 2, -2, -2, 0, -1]),
        Zip<FloorModulo, int>("int32", [6], [6], [6], [7, -7, 7, -7, 5, 9], [2, 2, -2, -2, 0, 3]),
        Zip<Multiply, long>("int64", [3], [3], [1], [1L << 40, -3, 5], [3]),
        Zip<Power, long>("int64", [4], [4], [4], [3, -1, 2, 0], [4, -3, -1, -2]),
        Zip<Subtract, byte>("uint8 wraps", [3], [1], [3], [3], [1, 3, 5]),
        Zip<Divide, byte>("uint8", [3], [3], [3], [200, 7, 7], [3, 0, 7]),
        Zip<LogicalAnd, byte>("bool", [4], [4], [4], [0, 0, 1, 1], [0, 1, 0, 1]),
        Zip<LogicalOr, byte>("bool", [4], [4], [4], [0, 0, 1, 1], [0, 1, 0, 1]),
        .. Broadcasts(),
        InPlace(), Misaligned(), PartialsOfPartials(),
        Compare<Equal>(), Compare<NotEqual>(), Compare<Less>(), Compare<LessEqual>(), Compare<Greater>(), Compare<GreaterEqual>(),
        CompareIntegers<Less>(), CompareIntegers<Equal>(),
        Where<float>([1.5f, float.NaN, -0f], [2, 3, 4]), Where<double>([1.5, 2.5, 3.5], [2, 3, 4]), Where<int>([1, 2, 3], [-1, -2, -3]),
        Where<long>([1L << 40, 2, 3], [-1, -2, -3]), Where<byte>([1, 2, 3], [4, 5, 6]),
        .. MultiplyAdds(),
    ];

    // A kernel's functions over one form; the forms are tried with one function.
    private static KernelCase[] Floats<TFunction>()
        where TFunction : struct, IBinaryFunction
    {
        float[] a = [0, 1, -1, float.NaN, 2, float.PositiveInfinity, 4, 3, .. Samples.Floats(27)];
        float[] b = [0, 0, 0, 1, float.NaN, 2, 0.5f, 2, .. Samples.Floats(27, 2)];
        return [Zip<TFunction, float>("float32", Matrix, Matrix, Matrix, a, b)];
    }

    private static KernelCase[] Broadcasts()
    {
        (int[] Result, int[] A, int[] B)[] shapes =
        [
            ([], [], []), ([37], [37], []), ([37], [], [37]), ([5, 7], [5, 7], [7]), ([5, 7], [1, 7], [5, 7]), ([5, 7], [5, 7], [5, 1]),
            ([5, 7], [5, 1], [7]), ([5, 7], [5, 7], [1, 1]), ([3, 4, 5], [3, 1, 5], [4, 5]), ([3, 4, 5], [4, 1], [3, 1, 5]),
            ([2, 3, 4, 5], [2, 1, 4, 1], [3, 1, 5]), ([2, 3, 2, 3, 2], [3, 1, 3, 1], [2, 1, 2, 1, 2]), ([0, 4], [0, 4], [4]),
            // Rows of whole registers.
            ([3, 8], [3, 8], [8]), ([3, 8], [1, 8], [3, 1]), ([3, 8], [3, 8], [1, 1]), ([2, 3, 4], [2, 1, 4], [3, 1]), ([2, 3, 4], [3, 4], [2, 1, 1]),
        ];
        return Array.ConvertAll(shapes, static shape =>
            Zip<Subtract, float>("float32", shape.Result, shape.A, shape.B, Floats(shape.A, 1), Floats(shape.B, 2)));
    }

    private static KernelCase[] MultiplyAdds()
    {
        (int[] A, int[] B, int[] C)[] shapes =
        [
            ([2, 3, 5], [2, 3, 5], [2, 3, 5]), ([2, 3, 5], [], []), ([2, 3, 5], [5], [5]), ([2, 3, 5], [1, 3, 1], [2, 1, 1]),
            ([3, 1], [2, 1, 5], [5]),
        ];
        return Array.ConvertAll(shapes, static shape => new KernelCase(
            $"multiply-add [{string.Join(", ", shape.A)}], [{string.Join(", ", shape.B)}], [{string.Join(", ", shape.C)}]", bench =>
            {
                var plan = new Broadcast([2, 3, 5], shape.A, shape.B, shape.C);
                bench.Run(new MultiplyAddKernel<float>(
                    plan, bench.Input<float>(Floats(shape.A, 1)), bench.Input<float>(Floats(shape.B, 2)),
                    bench.Input<float>(Floats(shape.C, 3)), bench.Output<float>(30)));
            }));
    }

    private static KernelCase Zip<TFunction, T>(string what, int[] result, int[] aShape, int[] bShape, T[] a, T[] b)
        where TFunction : struct, IBinaryFunction
        where T : unmanaged => new(
        $"{TFunction.Name} of {what} [{string.Join(", ", aShape)}] and [{string.Join(", ", bShape)}]", bench =>
            bench.Run(new ZipKernel<TFunction, T>(
                default, new Broadcast(result, aShape, bShape), bench.Input<T>(a), bench.Input<T>(b),
                bench.Output<T>(Length(result), typeof(TFunction) == typeof(Power) ? Rounding : 0))));

    private static KernelCase InPlace() => new("multiply in place", static bench =>
    {
        var y = bench.InOut<float>(0, Samples.Floats(35));
        bench.Run(new ZipKernel<Multiply, float>(default, new Broadcast(Matrix, Matrix, [7]), y, bench.Input<float>(Samples.Floats(7, 2)), y));
    });

    private static KernelCase Misaligned() => new("add of views that start at odd elements", static bench =>
    {
        var (a, b, y) = (bench.Input<float>(Samples.Floats(20)), bench.Input<float>(Samples.Floats(20, 2)), bench.Output<float>(20));
        bench.Run(new ZipKernel<Add, float>(
            default, new Broadcast([16], [16], [16]), a.SubView(1, 16), b.SubView(4, 16), y.SubView(3, 16)));
    });

    private static KernelCase PartialsOfPartials() => new("partial derivatives as functions", static bench =>
    {
        var (a, b) = (bench.Input<float>(1, 2, 3), bench.Input<float>(0.5f, -2, 4));
        var plan = new Broadcast([3], [3], [3]);
        bench.Run(new ZipKernel<PartialAOf<Divide>, float>(default, plan, a, b, bench.Output<float>(3, Rounding)));
        bench.Run(new ZipKernel<PartialBOf<PartialAOf<Divide>>, float>(default, plan, a, b, bench.Output<float>(3, Rounding)));
        bench.Run(new ZipKernel<PartialBOf<Power>, float>(default, plan, a, b, bench.Output<float>(3, Rounding)));
    });

    private static KernelCase Compare<TFunction>()
        where TFunction : struct, IBinaryFunction => new($"{TFunction.Name} of float32", static bench =>
        {
            float[] a = [1, 2, 3, float.NaN, float.NaN, float.PositiveInfinity, 0];
            float[] b = [2, 2, 2, 1, float.NaN, float.PositiveInfinity, -0f];
            bench.Run(new ComparisonKernel<TFunction, float>(
                default, new Broadcast([7], [7], [7]), bench.Input<float>(a), bench.Input<float>(b), bench.Output<byte>(7)));
            bench.Run(new ComparisonKernel<TFunction, float>(
                default, new Broadcast([7, 7], [7, 1], [7]), bench.Input<float>(a), bench.Input<float>(b), bench.Output<byte>(49)));
        });

    private static KernelCase CompareIntegers<TFunction>()
        where TFunction : struct, IBinaryFunction => new($"{TFunction.Name} of integers", static bench =>
        {
            var plan = new Broadcast([3], [3], [1]);
            bench.Run(new ComparisonKernel<TFunction, int>(default, plan, bench.Input(1, -2, 3), bench.Input(1), bench.Output<byte>(3)));
            bench.Run(new ComparisonKernel<TFunction, long>(default, plan, bench.Input(1, 1L << 40, 3), bench.Input(1L << 40), bench.Output<byte>(3)));
            bench.Run(new ComparisonKernel<TFunction, byte>(
                default, plan, bench.Input<byte>(0, 1, 200), bench.Input<byte>(200), bench.Output<byte>(3)));
            bench.Run(new ComparisonKernel<TFunction, double>(default, plan, bench.Input(0, 1.0, 2), bench.Input(1.0), bench.Output<byte>(3)));
        });

    private static KernelCase Where<T>(T[] a, T[] b)
        where T : unmanaged => new($"where of {typeof(T).Name}", bench =>
        {
            var condition = bench.Input<byte>(1, 0, 255);
            bench.Run(new WhereKernel<T>(
                new Broadcast([3], [3], [3], [3]), condition, bench.Input<T>(a), bench.Input<T>(b), bench.Output<T>(3)));
            bench.Run(new WhereKernel<T>(
                new Broadcast([3, 3], [3, 1], [3], []), condition, bench.Input<T>(a), bench.Input<T>(b[0]), bench.Output<T>(9)));
        });

    private static float[] Floats(int[] shape, int seed) => Samples.Floats(Length(shape), seed);

    private static int Length(int[] shape) => shape.Aggregate(1, static (product, size) => product * size);
}
