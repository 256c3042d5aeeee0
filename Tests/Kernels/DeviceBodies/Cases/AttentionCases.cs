using System.Numerics;
using GpuKeras.Kernels;
using GpuKeras.Kernels.Attention;
using GpuKeras.Kernels.Random;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Attention and its gradients.</summary>
public static class AttentionCases
{
    private static readonly AttentionSizes Small = new(2, 3, 5, 7, 4, 6);

    private static readonly (AttentionSizes Sizes, int[]? MaskStrides, bool IsCausal, double Rate)[] Attentions =
    [
        (Small, null, false, 0), (Small, null, true, 0), (Small, null, false, 0.4), (Small, [7, 0, 0, 1], false, 0.3),
        (Small, [105, 35, 7, 1], true, 0), (Small, [5, 0, 1, 0], false, 0), (new(1, 1, 1, 1, 1, 1), null, false, 0),
        (new(1, 2, 33, 36, 8, 8), null, true, 0.2), (new(1, 1, 3, 70, 3, 34), null, false, 0), (new(1, 2, 3, 0, 2, 2), null, false, 0),
        (new(1, 2, 0, 3, 2, 2), null, false, 0), (new(0, 2, 3, 3, 2, 2), null, false, 0), (Small, null, false, 1),
    ];

    public static IEnumerable<KernelCase> All => [.. Of<float>(), .. Of<double>().Take(8)];

    private static IEnumerable<KernelCase> Of<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Attentions.SelectMany(static attention =>
        {
            var name = $"attention of {typeof(T).Name}{(attention.IsCausal ? ", causal" : "")}, dropout {attention.Rate}"
                + $"{(attention.MaskStrides is { } strides ? $", mask {string.Join(' ', strides)}" : "")}, {attention.Sizes}";
            return new KernelCase[]
            {
                new(name, bench => Forward<T>(bench, attention, isKept: false)),
                new(name + ", statistics kept", bench => Forward<T>(bench, attention, isKept: true)),
                new("gradient of " + name, bench => Gradient<T>(bench, attention)),
            };
        });

    private static void Forward<T>(KernelBench bench, (AttentionSizes Sizes, int[]? Mask, bool IsCausal, double Rate) attention, bool isKept)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sizes = attention.Sizes;
        var (keys, values) = (sizes.Batch * sizes.Values * sizes.Heads * sizes.KeyDim, sizes.Batch * sizes.Values * sizes.Heads * sizes.ValueDim);
        var rows = (int)sizes.Pairs * sizes.Queries;
        bench.Run(new AttentionKernel<T>(
            bench.Input<T>(Samples.Uniform<T>(rows * sizes.KeyDim, 1)), bench.Input<T>(Samples.Uniform<T>(keys, 2)),
            bench.Input<T>(Samples.Uniform<T>(values, 3)), Mask<T>(bench, attention.Mask, attention.IsCausal),
            new DropoutMask(new PhiloxKey(5, 6), attention.Rate), bench.Output<T>(rows * sizes.ValueDim, Bound<T>(sizes)),
            isKept ? bench.Output<T>(rows, Bound<T>(sizes)) : default, isKept ? bench.Output<T>(rows, Bound<T>(sizes)) : default, sizes, 0.7));
    }

    private static void Gradient<T>(KernelBench bench, (AttentionSizes Sizes, int[]? Mask, bool IsCausal, double Rate) attention)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sizes = attention.Sizes;
        var (keys, values) = (sizes.Batch * sizes.Values * sizes.Heads * sizes.KeyDim, sizes.Batch * sizes.Values * sizes.Heads * sizes.ValueDim);
        var rows = (int)sizes.Pairs * sizes.Queries;
        // Shifts and sums of their size, though not those of these scores: weights are then at most about 1.
        var inverses = Array.ConvertAll(
            Samples.Uniform<T>(rows, 8), x => (T.Abs(x) + T.One) / T.CreateChecked(2 * Math.Max(1, sizes.Values)));
        bench.Run(new AttentionGradientKernel<T>(
            bench.Input<T>(Samples.Uniform<T>(rows * sizes.KeyDim, 1)), bench.Input<T>(Samples.Uniform<T>(keys, 2)),
            bench.Input<T>(Samples.Uniform<T>(values, 3)), Mask<T>(bench, attention.Mask, attention.IsCausal),
            new DropoutMask(new PhiloxKey(5, 6), attention.Rate), bench.Input<T>(Samples.Uniform<T>(rows * sizes.ValueDim, 4)),
            bench.Input<T>(Samples.Uniform<T>(rows, 7)), bench.Input<T>(inverses),
            bench.Input<T>(Samples.Uniform<T>(rows * sizes.ValueDim, 9)), bench.Output<T>(rows * sizes.KeyDim, Bound<T>(sizes)),
            bench.Output<T>(keys, Bound<T>(sizes)), bench.Output<T>(values, Bound<T>(sizes)), sizes, 0.7));
    }

    // A third of the entries hide; those of one row all do where the mask has rows.
    private static AttentionMask<T> Mask<T>(KernelBench bench, int[]? strides, bool isCausal)
        where T : unmanaged, IFloatingPointIeee754<T> => strides is null
            ? new(default, default, isCausal)
            : new(
                bench.Input<T>([.. Samples.Integers(210, 0, 3).Select((x, i) => T.CreateChecked(i is >= 7 and < 14 ? 0 : Math.Min(x, 1)))]),
                new Extents(strides), isCausal);

    // A result is a sum of products of weights, each off by the error of a score, with numbers below 1.
    private static double Bound<T>(AttentionSizes sizes)
        where T : unmanaged =>
        8 * Tolerance.For<T>(sizes.KeyDim + sizes.ValueDim + sizes.Values + sizes.Queries) * Math.Max(4, sizes.KeyDim + sizes.ValueDim);
}
