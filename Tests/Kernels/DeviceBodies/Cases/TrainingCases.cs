using GpuKeras.Kernels;
using GpuKeras.Kernels.Training;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Every optimizer's update, alone and many variables in one launch.</summary>
public static class TrainingCases
{
    // Arithmetic and square roots, one after the other: a few units in the last place if a device contracts products and sums.
    private const double Rounding = 1.0 / (1 << 22);

    public static IEnumerable<KernelCase> All =>
    [
        .. Floats("sgd", static (w, g, _, _, _) => new SgdKernel<float>(w, g, 0.1, 0)),
        .. Floats("sgd with decay", static (w, g, _, _, _) => new SgdKernel<float>(w, g, 0.1, 0.01)),
        .. Floats("momentum", static (w, g, m, _, _) => new MomentumKernel<float>(w, g, m, 0.1, 0.9, false, 0)),
        .. Floats("nesterov", static (w, g, m, _, _) => new MomentumKernel<float>(w, g, m, 0.1, 0.9, true, 0.01)),
        .. Floats("adam", static (w, g, m, v, _) => new AdamKernel<float>(w, g, m, v, default, 0.01, 0.9, 0.999, 1e-7, 0)),
        .. Floats("amsgrad", static (w, g, m, v, u) => new AdamKernel<float>(w, g, m, v, u, 0.01, 0.9, 0.999, 1e-7, 0.01)),
        .. Floats("adamax", static (w, g, m, v, _) => new AdamaxKernel<float>(w, g, m, v, 0.01, 0.9, 0.999, 1e-7, 0.01)),
        .. Floats("nadam", static (w, g, m, v, _) => new NadamKernel<float>(w, g, m, v, 0.01, 0.9, 0.999, 1e-7, 1.1, 0.9, 1.2, 0.01)),
        .. Floats("adagrad", static (w, g, a, _, _) => new AdagradKernel<float>(w, g, a, 0.01, 1e-7, 0.01)),
        .. Floats("adadelta", static (w, g, a, d, _) => new AdadeltaKernel<float>(w, g, a, d, 0.5, 0.95, 1e-7, 0.01)),
        .. Floats("rmsprop", static (w, g, v, _, _) => new RmsPropKernel<float>(w, g, v, default, default, 0.01, 0.9, 0, 1e-7, 0)),
        .. Floats("rmsprop centered", static (w, g, v, a, m) => new RmsPropKernel<float>(w, g, v, a, m, 0.01, 0.9, 0.5, 10, 0.01)),
        .. Floats("lion", static (w, g, m, _, _) => new LionKernel<float>(w, g, m, 0.01, 0.9, 0.99, 0.01)),
        .. Floats("ftrl", static (w, g, n, z, _) => new FtrlKernel<float>(w, g, n, z, 0.1, -0.5, 0.1, 0.2, 0.3, 0)),
        .. Floats("ftrl of another power", static (w, g, n, z, _) => new FtrlKernel<float>(w, g, n, z, 0.1, -0.6, 0, 0, 0, 0.01)),
        .. Floats("moving average", static (w, g, _, _, _) => new MovingAverageKernel<float>(w, g, 0.9)),
        .. Floats("replaced average", static (w, g, _, _, _) => new MovingAverageKernel<float>(w, g, 0)),
        .. Floats("weighted mean", static (w, g, m, _, _) => new WeightedMeanKernel<float>(w, m, g, 32)),
        new("decay of an infinite weight", static bench => bench.Run(
            new SgdKernel<float>(bench.InOut(0, float.PositiveInfinity, 1), bench.Input<float>(1, float.NaN), 0.1, 0))),
        new("adam of float64", static bench => bench.Run(new AdamKernel<double>(
            State(bench, Samples.Doubles(9)), bench.Input<double>(Samples.Doubles(9, 2)), State(bench, new double[9]),
            State(bench, new double[9]), default, 0.01, 0.9, 0.999, 1e-7, 0.01))),
        .. new int[][] { [1], [3, 0, 40], [1, 2, 3, 4, 5, 6, 7, 8], [5, 1, 1, 1, 1, 1, 1, 1, 9], [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 0, 1, 2, 3, 33] }
            .Select(static lengths => Joined(
                "joined", lengths, static (w, g, m, _, _, set) => new MomentumKernel<float>(w, g, m, 0.1, 0.9, true, set % 2 * 0.01))),
        // Arguments for which OpenCL need not have room eight times.
        Joined("joined amsgrad", [2, 3, 4, 5, 6, 7, 8, 9, 10], static (w, g, m, v, u, set) =>
            new AdamKernel<float>(w, g, m, v, u, 0.01, 0.9, 0.999, 1e-7, set % 2 * 0.01)),
        Joined("joined averages", [5, 64], static (w, g, _, _, _, set) => new MovingAverageKernel<float>(w, g, set * 0.9)),
        new("joined: nothing", static bench =>
        {
            var w = bench.InOut<float>(0, 1);
            bench.Run(new JoinedKernel<float, SgdKernel<float>>([new(new(w, w, 0.1, 0), 0, 1)], 0));
        }),
    ];

    private delegate TKernel Make<TKernel>(
        ArrayView<float> weights, ArrayView<float> gradient, ArrayView<float> first, ArrayView<float> second, ArrayView<float> third);

    private delegate TKernel MakeOne<TKernel>(
        ArrayView<float> weights, ArrayView<float> gradient, ArrayView<float> first, ArrayView<float> second, ArrayView<float> third, int set);

    private static IEnumerable<KernelCase> Floats<TKernel>(string name, Make<TKernel> make)
        where TKernel : struct, IKernel => new[] { 0, 1, 37 }.Select(n => new KernelCase($"{name}, {n} weights", bench =>
        {
            // States are squares, sums of squares or averages: none is negative.
            var (weights, gradient) = (Samples.Floats(n), bench.Input<float>(Samples.Floats(n, 2)));
            var states = new int[] { 3, 4, 5 }.Select(seed => Array.ConvertAll(Samples.Floats(n, seed), Math.Abs)).ToArray();
            bench.Run(make(
                bench.InOut<float>(Rounding, weights), gradient, bench.InOut<float>(Rounding, states[0]),
                bench.InOut<float>(Rounding, states[1]), bench.InOut<float>(Rounding, states[2])));
        }));

    private static KernelCase Joined<TKernel>(string name, int[] lengths, MakeOne<TKernel> make)
        where TKernel : struct, IKernel, IElementStep => new($"{name}: {string.Join(", ", lengths)}", bench =>
        {
            var steps = new JoinedStep<TKernel>[lengths.Length];
            for (var i = 0; i < lengths.Length; i++)
            {
                ArrayView<float> State(int seed) => bench.InOut<float>(Rounding, Array.ConvertAll(Samples.Floats(lengths[i], 5 * i + seed), Math.Abs));
                var kernel = make(
                    bench.InOut<float>(Rounding, Samples.Floats(lengths[i], 5 * i)), bench.Input<float>(Samples.Floats(lengths[i], 5 * i + 1)),
                    State(2), State(3), State(4), i);
                steps[i] = new(kernel, i == 0 ? 0 : steps[i - 1].Next, lengths[i]);
            }
            bench.Run(new JoinedKernel<float, TKernel>(steps, steps.Length));
        });

    private static ArrayView<double> State(KernelBench bench, double[] values) => bench.InOut<double>(1e-15, values);
}
