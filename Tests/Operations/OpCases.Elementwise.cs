using GpuKeras.Kernels;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    // Properties, because the order of static fields over several files is open.
    // Around the widths of registers and of pairs of them; the first set is also that of the gradient checks.
    private static Shape[][] UnaryShapes => [[[3, 5]], [[0]], [[1]], [[15]], [[16]], [[17]], [[31]], [[32]], [[33]], [[7, 11, 13]]];

    private static Shape[][] BinaryShapes =>
    [
        [[3, 4], [3, 4]], [[2, 3], [3]], [[3], [2, 3]], [[2, 3], [2, 1]], [[2, 1], [1, 3]], [[4], []], [[], [4]],
        [[0], [1]], [[17], [17]], [[5, 33], [33]], [[33, 5], [33, 1]], [[2, 1, 3, 1], [4, 1, 5]],
    ];

    // Each input in turn is the whole result, one that repeats, or lacks axes.
    private static Shape[][] MultiplyAddShapes =>
    [
        [[3, 4], [3, 4], [3, 4]], [[2, 3], [3], [3]], [[3], [2, 1], [2, 3]], [[2, 1], [1, 3], []], [[], [4], [1]], [[0], [1], [0]],
        [[33, 5], [5], [33, 1]], [[2, 1, 3, 1], [4, 1, 5], [3, 5]],
    ];

    private static OpCase[] Elementwise() =>
    [
        // Arithmetic of two tensors
        .. Binary("op_Addition", static (a, b) => a + b, static (a, b) => a + b),
        .. Binary("op_Subtraction", static (a, b) => a - b, static (a, b) => a - b),
        .. Binary("op_Multiply", static (a, b) => a * b, static (a, b) => a * b),
        .. Binary("op_Division", static (a, b) => a / b, static (a, b) => a / b, low: 0.3, high: 3),
        .. Binary("FloorDivide", static (a, b) => a.FloorDivide(b), static (a, b) => Math.Floor(a / b), low: 0.3, high: 3),
        .. Binary("FloorModulo", static (a, b) => a.FloorModulo(b), static (a, b) => a - Math.Floor(a / b) * b, low: 0.3, high: 3),
        .. Binary("Pow", static (a, b) => a.Pow(b), Math.Pow, low: 0.3, high: 3),
        .. Binary("Maximum", static (a, b) => a.Maximum(b), Math.Max),
        .. Binary("Minimum", static (a, b) => a.Minimum(b), Math.Min),
        .. Binary("SquaredDifference", static (a, b) => a.SquaredDifference(b), static (a, b) => (a - b) * (a - b)),
        .. MultiplyAddShapes.Select(static shapes => MultiplyAdd(shapes)),
        // Around registers and chunks of 512.
        MultiplyAdd(
            [[16], [16], [16]], [[15], [15], [15]], [[17], [17], [17]], [[511], [], [511]], [[513], [513], []], [[2, 700], [700], [2, 1]]),

        // Arithmetic of a tensor and a number
        Unary("op_UnaryNegation", static x => -x, static x => -x),
        Unary("op_Addition", static x => x + 0.7, static x => x + 0.7, variant: "number"),
        Unary("op_Addition", static x => 0.7 + x, static x => x + 0.7, variant: "of number"),
        Unary("op_Subtraction", static x => x - 0.7, static x => x - 0.7, variant: "number"),
        Unary("op_Subtraction", static x => 0.7 - x, static x => 0.7 - x, variant: "from number"),
        Unary("op_Multiply", static x => x * 0.7, static x => x * 0.7, variant: "number"),
        Unary("op_Multiply", static x => 0.7 * x, static x => x * 0.7, variant: "of number"),
        Unary("op_Division", static x => x / 0.7, static x => x / 0.7, variant: "by number"),
        Unary("op_Division", static x => 0.7 / x, static x => 0.7 / x, 0.3, 3, "of number"),
        Unary("FloorDivide", static x => x.FloorDivide(0.7), static x => Math.Floor(x / 0.7), variant: "number"),
        Unary("FloorModulo", static x => x.FloorModulo(0.7), static x => x - Math.Floor(x / 0.7) * 0.7, variant: "number"),
        Unary("Pow", static x => x.Pow(2), static x => x * x, variant: "2"),
        Unary("Pow", static x => x.Pow(2.5), static x => Math.Pow(x, 2.5), 0.3, 3, "2.5"),
        Unary("Maximum", static x => x.Maximum(0.1), static x => Math.Max(x, 0.1), variant: "number"),
        Unary("Minimum", static x => x.Minimum(0.1), static x => Math.Min(x, 0.1), variant: "number"),

        // Functions
        Unary("Abs", static x => x.Abs(), Math.Abs),
        Unary("Sign", static x => x.Sign(), static x => Math.Sign(x)),
        Unary("Square", static x => x.Square(), static x => x * x),
        Unary("Sqrt", static x => x.Sqrt(), Math.Sqrt, 0.2, 9),
        Unary("Rsqrt", static x => x.Rsqrt(), static x => 1 / Math.Sqrt(x), 0.2, 9),
        Unary("Reciprocal", static x => x.Reciprocal(), static x => 1 / x, 0.3, 9),
        Unary("Exp", static x => x.Exp(), Math.Exp),
        Unary("ExpM1", static x => x.ExpM1(), static x => Math.Exp(x) - 1),
        Unary("Log", static x => x.Log(), Math.Log, 0.2, 9),
        Unary("Log1P", static x => x.Log1P(), static x => Math.Log(1 + x), -0.8, 9),
        Unary("Sin", static x => x.Sin(), Math.Sin, -9, 9),
        Unary("Cos", static x => x.Cos(), Math.Cos, -9, 9),
        Unary("Tanh", static x => x.Tanh(), Math.Tanh),
        Unary("Erf", static x => x.Erf(), ScalarMath.Erf),
        Unary("Floor", static x => x.Floor(), Math.Floor),
        Unary("Ceiling", static x => x.Ceiling(), Math.Ceiling),
        Unary("Round", static x => x.Round(), static x => Math.Round(x, MidpointRounding.ToEven)),
        Unary("Clip", static x => x.Clip(-0.7, 1.1), static x => Math.Clamp(x, -0.7, 1.1)),
        Unary("Cast", static x => x.Cast(DType.Float64), static x => x),
        Unary(
            "Cast", static x => x.Cast(DType.Int32), Math.Truncate,
            variant: "to int32") with { IsDifferentiable = false, PropagatesNaN = false },

        // Activations
        Unary("Relu", static x => x.Relu(), static x => Math.Max(x, 0)),
        Unary("Relu", static x => x.Relu(0.1), static x => x > 0 ? x : 0.1 * x, variant: "sloped"),
        Unary("Relu", static x => x.Relu(0.1, 1.5, 0.5), static x => x >= 1.5 ? 1.5 : x > 0.5 ? x : 0.1 * (x - 0.5), variant: "full"),
        Unary("LeakyRelu", static x => x.LeakyRelu(), static x => x > 0 ? x : 0.2 * x),
        Unary("Relu6", static x => x.Relu6(), static x => Math.Min(Math.Max(x, 0), 6), -8, 8),
        Unary("Celu", static x => x.Celu(0.7), static x => Math.Max(x, 0) + Math.Min(0, 0.7 * (Math.Exp(x / 0.7) - 1))),
        Unary("Elu", static x => x.Elu(), static x => x > 0 ? x : Math.Exp(x) - 1),
        Unary("Selu", static x => x.Selu(), static x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        Unary("Softplus", static x => x.Softplus(), static x => Math.Log(Math.Exp(x) + 1), -9, 9),
        Unary("Softsign", static x => x.Softsign(), static x => x / (1 + Math.Abs(x))),
        Unary("Squareplus", static x => x.Squareplus(), static x => (x + Math.Sqrt(x * x + 4)) / 2),
        Unary("SoftShrink", static x => x.SoftShrink(), static x => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0),
        Unary("HardShrink", static x => x.HardShrink(), static x => Math.Abs(x) > 0.5 ? x : 0),
        Unary("TanhShrink", static x => x.TanhShrink(), static x => x - Math.Tanh(x)),
        Unary("SparsePlus", static x => x.SparsePlus(), static x => x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4),
        Unary("Sigmoid", static x => x.Sigmoid(), static x => 1 / (1 + Math.Exp(-x)), -9, 9),
        Unary("SparseSigmoid", static x => x.SparseSigmoid(), static x => Math.Clamp((x + 1) / 2, 0, 1)),
        Unary("HardSigmoid", static x => x.HardSigmoid(), static x => Math.Clamp(x / 6 + 0.5, 0, 1), -5, 5),
        Unary("LogSigmoid", static x => x.LogSigmoid(), static x => -Math.Log(1 + Math.Exp(-x)), -9, 9),
        Unary("Silu", static x => x.Silu(), static x => x / (1 + Math.Exp(-x)), -9, 9),
        Unary("HardSilu", static x => x.HardSilu(), static x => x * Math.Clamp(x / 6 + 0.5, 0, 1), -5, 5),
        Unary("Gelu", static x => x.Gelu(), static x => x / 2 * (1 + ScalarMath.Erf(x / Math.Sqrt(2)))),
        Unary(
            "Gelu", static x => x.Gelu(approximate: true),
            static x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))), variant: "approximate"),
        Unary("HardTanh", static x => x.HardTanh(), static x => Math.Clamp(x, -1, 1)),
        Unary("Mish", static x => x.Mish(), static x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        Unary("Threshold", static x => x.Threshold(0.4, -2), static x => x > 0.4 ? x : -2),
        new("Glu", static x => x[0].Glu(), static x => Glu(x[0]), [[3, 6]], [[1, 34]], [[2, 3, 2]]) { BadShapes = [[[2, 3]]] },
        new("Sparsemax", static x => x[0].Sparsemax(), static x => Sparsemax(x[0]), [[3, 5]], [[1, 33]], [[2, 3, 1]]),

        // Comparison and logic
        .. Binary("Less", static (a, b) => a.Less(b), static (a, b) => a < b ? 1 : 0).Select(Predicate),
        .. Binary("LessEqual", static (a, b) => a.LessEqual(b), static (a, b) => a <= b ? 1 : 0).Select(Predicate),
        .. Binary("Greater", static (a, b) => a.Greater(b), static (a, b) => a > b ? 1 : 0).Select(Predicate),
        .. Binary("GreaterEqual", static (a, b) => a.GreaterEqual(b), static (a, b) => a >= b ? 1 : 0).Select(Predicate),
        .. Binary(
            "Equal", static (a, b) => a.Round().Equal(b.Round()),
            static (a, b) => Math.Round(a) == Math.Round(b) ? 1 : 0).Select(Predicate),
        .. Binary(
            "NotEqual", static (a, b) => a.Round().NotEqual(b.Round()),
            static (a, b) => Math.Round(a) != Math.Round(b) ? 1 : 0).Select(Predicate),
        .. Binary("op_LessThan", static (a, b) => a < b, static (a, b) => a < b ? 1 : 0).Select(Predicate),
        .. Binary("op_LessThanOrEqual", static (a, b) => a <= b, static (a, b) => a <= b ? 1 : 0).Select(Predicate),
        .. Binary("op_GreaterThan", static (a, b) => a > b, static (a, b) => a > b ? 1 : 0).Select(Predicate),
        .. Binary("op_GreaterThanOrEqual", static (a, b) => a >= b, static (a, b) => a >= b ? 1 : 0).Select(Predicate),
        Predicate(Unary("Less", static x => x < 0.5, static x => x < 0.5 ? 1 : 0, variant: "number")),
        Predicate(Unary("Equal", static x => x.Round().Equal(1), static x => Math.Round(x) == 1 ? 1 : 0, variant: "number")),
        .. Binary("LogicalAnd", static (a, b) => (a > 0).LogicalAnd(b > 0), static (a, b) => a > 0 && b > 0 ? 1 : 0).Select(Predicate),
        .. Binary("LogicalOr", static (a, b) => (a > 0).LogicalOr(b > 0), static (a, b) => a > 0 || b > 0 ? 1 : 0).Select(Predicate),
        Predicate(Unary("LogicalNot", static x => (x > 0).LogicalNot(), static x => x > 0 ? 0 : 1)),
        Predicate(Unary("IsNaN", static x => (x.Abs() - 1).Log().IsNaN(), static x => Math.Abs(x) < 1 ? 1 : 0)),
        Predicate(Unary("IsFinite", static x => (x.Abs() - 1).Log().IsFinite(), static x => Math.Abs(x) > 1 ? 1 : 0)),
        .. Binary("Where", static (a, b) => Tensor.Where(a.Square() > 1, a, b * 2), static (a, b) => a * a > 1 ? a : b * 2)
            .Select(static c => c with { PropagatesNaN = false }),
        Unary(
            "Where", static x => Tensor.Where(x > 0.5, x, 3), static x => x > 0.5 ? x : 3,
            variant: "number") with { PropagatesNaN = false },
    ];

    private static OpCase MultiplyAdd(params Shape[][] shapes) => new(
        "MultiplyAdd",
        static x => x[0].MultiplyAdd(x[1], x[2]),
        static x => NdArray.Generate(
            Combine(Combine(x[0].Shape, x[1].Shape), x[2].Shape),
            index => x[0].Broadcast(index) * x[1].Broadcast(index) + x[2].Broadcast(index)),
        shapes)
    {
        Variant = string.Join(' ', shapes[0]),
        PropagatesNaN = shapes[0][0].Size != 0,
        BadShapes = [[[2, 3], [4], [4]], [[2, 3], [2, 3], [3, 3]]],
    };

    private static NdArray Glu(NdArray x)
    {
        var half = x.Shape[^1] / 2;
        return NdArray.Generate(x.Shape.WithLast(half), index =>
        {
            var gate = (int[])index.Clone();
            gate[^1] += half;
            return x.Broadcast(index) / (1 + Math.Exp(-x.Broadcast(gate)));
        });
    }

    // Keras' threshold: the running sums are added over the support.
    private static NdArray Sparsemax(NdArray x)
    {
        var values = x.Values.Chunk(x.Shape[^1]).SelectMany(static row =>
        {
            var (running, total, count) = (0.0, 0.0, 0);
            foreach (var value in row.OrderDescending())
            {
                running += value;
                if (value <= (running - 1) / (count + 1))
                    break;
                total += running;
                count++;
            }
            return row.Select(value => Math.Max(value - (total - 1) / count, 0));
        });
        return new([.. values], x.Shape);
    }

    private static OpCase Predicate(OpCase operation) => operation with { IsDifferentiable = false, PropagatesNaN = false };

    private static OpCase Unary(
        string method, Func<Tensor, Tensor> run, Func<double, double> reference, double low = -2, double high = 2, string variant = "") =>
        new(method, x => run(x[0]), x => new NdArray([.. x[0].Values.Select(reference)], x[0].Shape), UnaryShapes)
        {
            Variant = variant,
            Low = low,
            High = high,
        };

    // One case for each pair of shapes, so that the gradient of every broadcast is checked.
    private static IEnumerable<OpCase> Binary(
        string method, Func<Tensor, Tensor, Tensor> run, Func<double, double, double> reference, double low = -2, double high = 2) =>
        BinaryShapes.Select(shapes => new OpCase(
            method,
            x => run(x[0], x[1]),
            x => NdArray.Generate(Combine(x[0].Shape, x[1].Shape), index => reference(x[0].Broadcast(index), x[1].Broadcast(index))),
            [shapes])
        {
            Variant = $"{shapes[0]} {shapes[1]}",
            Low = low,
            High = high,
            PropagatesNaN = shapes[0].Size != 0,
            BadShapes = [[[2, 3], [4]], [[2, 3], [3, 3]]],
        });

    private static Shape Combine(Shape a, Shape b)
    {
        var sizes = new int[Math.Max(a.Rank, b.Rank)];
        for (var fromEnd = 1; fromEnd <= sizes.Length; fromEnd++)
        {
            var first = fromEnd <= a.Rank ? a[^fromEnd] : 1;
            var second = fromEnd <= b.Rank ? b[^fromEnd] : 1;
            sizes[^fromEnd] = first == 1 ? second : first;
        }
        return new(sizes);
    }
}
