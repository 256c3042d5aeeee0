using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>Operations that memory limits, on 1 Mi floats or, on a GPU, on 64 Mi; and what a small one costs.</summary>
/// <remarks>Bytes are those of memory beyond the caches: batch norm reads its input for the statistics, and then again.</remarks>
internal static class ElementwiseSuite
{
    /// <summary>The workload that shows how fast the device copies memory.</summary>
    public const string Copy = "copy";

    private const int Columns = 1024;
    private const int Channels = 64;
    private const double DropoutRate = 0.2;

    public static IEnumerable<Workload> Workloads => OfSize(Scale.Elements);

    private static IEnumerable<Workload> OfSize(int size)
    {
        var rows = size / Columns;
        return
        [
            Operation(Copy, 8, static x =>
            {
                var target = new Variable(Tensor.Zeros(x.Shape));
                return () =>
                {
                    target.Assign(x);
                    return target;
                };
            }, size),
            Zip("add", 12, static (x, y) => x + y),
            Zip("mul", 12, static (x, y) => x * y),
            Zip("fma", 12, static (x, y) => y.MultiplyAdd(y, x)),
            Map("relu", static x => x.Relu()),
            Map("exp", static x => x.Exp()),
            Map("tanh", static x => x.Tanh()),
            Map("sigmoid", static x => x.Sigmoid()),
            Zip("log", 8, static (_, y) => y.Log()),
            Map("gelu", static x => x.Gelu()),
            Operation("softmax1024", 8, static x => () => x.Softmax(), rows, Columns),
            Operation("layernorm1024", 8, static x =>
            {
                var (gamma, beta) = (Tensor.Ones([Columns]), Tensor.Zeros([Columns]));
                return () => x.LayerNorm(gamma, beta, epsilon: 1e-5);
            }, rows, Columns),
            Operation("transpose1024", 8, static x => () => x.Transpose(), rows, Columns),
            Operation("sum", 4, static x => () => x.Sum(), size),
            Operation("sum_axis0", 4, static x => () => x.Sum(0), rows, Columns),
            Operation("moments64", 4, static x => () => BatchMomentsOp.Instance.Apply(x), size / Channels, Channels),
            Operation("batchnorm64", 12, static x => BatchNorm(x, Tensor.Ones([Channels]), Tensor.Zeros([Channels])), size / Channels, Channels),
            Operation("batchnorm64_step", 32, static x =>
            {
                var (gamma, beta, gradient) = (Tensor.Ones([Channels]), Tensor.Zeros([Channels]), TestValues.CreatePositive(x.Shape.Span));
                var forward = BatchNorm(x, gamma, beta);
                return () =>
                {
                    using var tape = new GradientTape();
                    tape.Watch(x);
                    tape.Watch(gamma);
                    tape.Watch(beta);
                    return tape.Gradient(forward(), [x, gamma, beta], gradient)[0]!;
                };
            }, size / Channels, Channels),
            new ElementwiseWorkload("dropout", size, 8, () =>
            {
                var (x, random) = (TestValues.CreatePositive(size), new RandomGenerator(seed: 1));
                return () => x.Dropout(DropoutRate, random);
            })
            { EvidenceOf = OfDropout },
            // A thousand launches in a row, waited for only at their end.
            new ElementwiseWorkload("add8", 8, null, static () =>
            {
                var (x, y) = (TestValues.Create(8), TestValues.CreatePositive(8));
                return () => x + y;
            })
            { Operations = 1000 },
        ];

        ElementwiseWorkload Map(string name, Func<Tensor, Tensor> function) => Zip(name, 8, (x, _) => function(x));

        ElementwiseWorkload Zip(string name, int bytesPerElement, Func<Tensor, Tensor, Tensor> function) =>
            new(name, size, bytesPerElement, () =>
            {
                var (x, y) = (TestValues.Create(size), TestValues.CreatePositive(size));
                return () => function(x, y);
            });
    }

    private static ElementwiseWorkload Operation(string name, int bytesPerElement, Func<Tensor, Func<Tensor>> create, params int[] shape) =>
        new(name, shape.Aggregate(1, static (size, axis) => size * axis), bytesPerElement, () => create(TestValues.Create(shape)));

    private static Func<Tensor> BatchNorm(Tensor x, Tensor gamma, Tensor beta) => () => x.BatchNorm(gamma, beta).Output;

    /// <summary>Two sides drop different elements. The means of what they keep and of its squares agree within five deviations.</summary>
    private static Evidence OfDropout(Tensor result)
    {
        var values = result.ToArray<float>();
        return new Evidence
        {
            Sample = [values.Average(static value => (double)value), values.Average(static value => (double)value * value)],
            RelativeTolerance = 5 / Math.Sqrt(values.Length),
        };
    }
}
