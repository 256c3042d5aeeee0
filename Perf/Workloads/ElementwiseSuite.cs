using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>Operations that memory limits, on 1 Mi floats; and what a small one costs.</summary>
internal static class ElementwiseSuite
{
    private const int Size = 1 << 20;
    private const int Side = 1024;

    public static IEnumerable<Workload> Workloads =>
    [
        Zip("add", 12, static (x, y) => x + y),
        Zip("mul", 12, static (x, y) => x * y),
        Zip("fma", 12, static (x, y) => y.MultiplyAdd(y, x)),
        Map("relu", static x => x.Relu()),
        Map("exp", static x => x.Exp()),
        Map("tanh", static x => x.Tanh()),
        Map("sigmoid", static x => x.Sigmoid()),
        Zip("log", 8, static (_, y) => y.Log()),
        Map("gelu", static x => x.Gelu()),
        Matrix("softmax1024", 8, static x => x.Softmax()),
        ElementwiseWorkload.Create("layernorm1024", 8.0 * Size, static () =>
        {
            var (x, gamma, beta) = (TestValues.Create(Side, Side), Tensor.Ones([Side]), Tensor.Zeros([Side]));
            return () => x.LayerNorm(gamma, beta, epsilon: 1e-5);
        }),
        Matrix("transpose1024", 8, static x => x.Transpose()),
        Map("sum", static x => x.Sum(), 4),
        Matrix("sum_axis0", 4, static x => x.Sum(0)),
        ElementwiseWorkload.Create("add8", null, static () =>
        {
            var (x, y) = (TestValues.Create(8), TestValues.CreatePositive(8));
            return () => x + y;
        }, operations: 100),
    ];

    private static ElementwiseWorkload Map(string name, Func<Tensor, Tensor> function, int bytesPerElement = 8) =>
        Zip(name, bytesPerElement, (x, _) => function(x));

    private static ElementwiseWorkload Zip(string name, int bytesPerElement, Func<Tensor, Tensor, Tensor> function) =>
        ElementwiseWorkload.Create(name, (double)bytesPerElement * Size, () =>
        {
            var (x, y) = (TestValues.Create(Size), TestValues.CreatePositive(Size));
            return () => function(x, y);
        });

    private static ElementwiseWorkload Matrix(string name, int bytesPerElement, Func<Tensor, Tensor> function) =>
        ElementwiseWorkload.Create(name, (double)bytesPerElement * Size, () =>
        {
            var x = TestValues.Create(Side, Side);
            return () => function(x);
        });
}
