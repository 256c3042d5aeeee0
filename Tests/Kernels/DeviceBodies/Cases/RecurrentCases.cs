using System.Numerics;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Recurrent;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Walks of recurrent layers over sequences, forward and back.</summary>
public static class RecurrentCases
{
    private static readonly RecurrentSizes Plain = new(3, 4, 5, 1, false, true, true, false);

    private static readonly (RecurrentSizes Sizes, bool IsMasked)[] Walks =
    [
        (Plain, false), (Plain, true), (Plain with { GoBackwards = true }, true), (Plain with { ZeroMasked = true }, true),
        (Plain with { ReturnSequences = false }, true), (Plain with { ReturnSequences = false, ReturnStates = false }, false),
        (Plain with { Steps = 1, ReturnStates = false }, false), (Plain with { Steps = 0, ReturnSequences = false }, false),
        (Plain with { Steps = 0 }, false), (Plain with { Batch = 1, Units = 1 }, true), (Plain with { Batch = 7, Units = 33 }, true),
        (Plain with { Batch = 0 }, false),
    ];

    public static IEnumerable<KernelCase> All =>
    [
        .. Of<SimpleRnnCell, float>(), .. Of<GruCell, float>(), .. Of<LstmCell, float>(), .. Of<LstmCell, double>().Take(3),
        .. Of<GruCell, double>().Take(1), .. Of<SimpleRnnCell, double>().Take(1),
    ];

    private static IEnumerable<KernelCase> Of<TCell, T>()
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Walks.SelectMany(static walk =>
        {
            var (sizes, name) = (
                walk.Sizes with { States = TCell.States },
                $"{TCell.Name} of {typeof(T).Name}{(walk.IsMasked ? ", masked" : "")}, {walk.Sizes}");
            return new KernelCase[]
            {
                new(name + ", everything kept", bench => Forward<TCell, T>(bench, sizes, walk.IsMasked, isKept: true)),
                new(name + ", nothing kept", bench => Forward<TCell, T>(bench, sizes, walk.IsMasked, isKept: false)),
                new("gradient of " + name, bench => Gradient<TCell, T>(bench, sizes, walk.IsMasked)),
            };
        });

    private static void Forward<TCell, T>(KernelBench bench, RecurrentSizes sizes, bool isMasked, bool isKept)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (columns, places) = (TCell.Gates * sizes.Units, isKept ? sizes.Steps + 1 : 2);
        var hidden = bench.InOut<T>(WalkTolerance<T>(sizes), Numbers<T>(places * sizes.Batch * sizes.Units, 4));
        bench.Run(new RecurrentKernel<TCell, T>(
            bench.Input<T>(Numbers<T>(sizes.Steps * sizes.Batch * columns, 1)), bench.Input<T>(Weights<T>(sizes, columns)),
            isMasked ? default : bench.Input<T>(Numbers<T>(columns, 3)), Mask(bench, sizes, isMasked), hidden,
            TCell.States == 2 ? bench.InOut<T>(WalkTolerance<T>(sizes), Numbers<T>(places * sizes.Batch * sizes.Units, 5)) : hidden,
            isKept ? bench.InOut<T>(WalkTolerance<T>(sizes), new T[sizes.Steps * sizes.Batch * TCell.Kept * sizes.Units]) : default,
            bench.Output<T>(sizes.Batch * sizes.OutputRows * sizes.Units, WalkTolerance<T>(sizes)), sizes));
    }

    private static void Gradient<TCell, T>(KernelBench bench, RecurrentSizes sizes, bool isMasked)
        where TCell : struct, IRecurrentCell
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columns = TCell.Gates * sizes.Units;
        var states = (sizes.Steps + 1) * sizes.Batch * sizes.Units;
        var gradients = sizes.Steps * sizes.Batch * columns;
        var projected = bench.Output<T>(gradients, WalkTolerance<T>(sizes));
        bench.Run(new RecurrentGradientKernel<TCell, T>(
            bench.Input<T>(Weights<T>(sizes, columns)), Mask(bench, sizes, isMasked), bench.Input<T>(Numbers<T>(states, 4)),
            bench.Input<T>(Numbers<T>(states, 5)), bench.Input<T>(Numbers<T>(sizes.Steps * sizes.Batch * TCell.Kept * sizes.Units, 6)),
            bench.Input<T>(Numbers<T>(sizes.Batch * sizes.OutputRows * sizes.Units, 7)), projected,
            TCell.HasRecurrentGradient ? bench.Output<T>(gradients, WalkTolerance<T>(sizes)) : projected,
            bench.Output<T>(TCell.States * sizes.Batch * sizes.Units, WalkTolerance<T>(sizes)), sizes));
    }

    private static ArrayView<byte> Mask(KernelBench bench, RecurrentSizes sizes, bool isMasked) => isMasked
        ? bench.Input<byte>([.. Samples.Integers(sizes.Batch * sizes.Steps, 0, 3).Select(static x => (byte)Math.Min(x, 1))])
        : default;

    private static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => Samples.Uniform<T>(count, seed);

    // So small that a sum of their products with states is at most 1.
    private static T[] Weights<T>(RecurrentSizes sizes, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Array.ConvertAll(Samples.Uniform<T>(sizes.Units * columns, 2), x => x / T.CreateChecked(sizes.Units));

    // A step adds the error of its product and of some functions of a few units in the last place to that of the steps before it.
    private static double WalkTolerance<T>(RecurrentSizes sizes)
        where T : unmanaged => (sizes.Steps + 1) * 2 * Tolerance.For<T>(sizes.Units + 16);
}
