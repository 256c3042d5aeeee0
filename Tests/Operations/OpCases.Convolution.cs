using GpuKeras.Kernels.Convolution;
using GpuKeras.Tests.Kernels.Convolution;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

// The expected output sizes and paddings are written out; they are those of TensorFlow for the same arguments.
internal static partial class OpCases
{
    private static IEnumerable<OpCase> Convolution() =>
        [.. Convolutions2D(), .. Convolutions1D(), .. DepthwiseConvolutions(), .. TransposedConvolutions()];

    private static IEnumerable<OpCase> Convolutions2D()
    {
        yield return Conv2D("valid", [2, 5, 4, 2], [3, 2, 2, 3], new() { Out = (3, 3) });
        yield return Conv2D("same", [1, 5, 4, 2], [3, 2, 2, 3], new() { Padding = Padding.Same, Out = (5, 4), Pad = (1, 0) });
        yield return Conv2D(
            "same, strides", [1, 5, 6, 1], [3, 3, 1, 2], new() { Padding = Padding.Same, Strides = (2, 2), Out = (3, 3), Pad = (1, 0) });
        yield return Conv2D("strides", [1, 6, 6, 2], [2, 3, 2, 2], new() { Strides = (2, 3), Out = (3, 2) });
        yield return Conv2D(
            "dilation, same", [1, 5, 5, 1], [3, 3, 1, 2], new() { Padding = Padding.Same, Dilation = (2, 1), Out = (5, 5), Pad = (2, 1) });
        yield return Conv2D("groups", [1, 3, 3, 4], [2, 2, 2, 6], new() { Groups = 2, Out = (2, 2) });
        yield return Conv2D("bias", [1, 3, 3, 2], [2, 2, 2, 3], new() { Out = (2, 2), Bias = true });
        yield return Conv2D("bias, relu", [2, 3, 3, 2], [2, 2, 2, 3], new() { Out = (2, 2), Bias = true, Relu = true });
    }

    private static IEnumerable<OpCase> Convolutions1D()
    {
        yield return Conv1D("valid", [2, 6, 2], [3, 2, 3], Padding.Valid, 1, 1, 4, 0);
        yield return Conv1D("same, stride", [1, 7, 2], [3, 2, 3], Padding.Same, 2, 1, 4, 1);
        yield return Conv1D("causal", [1, 6, 2], [3, 2, 2], Padding.Causal, 1, 1, 6, 2);
        yield return Conv1D("causal, dilation", [1, 6, 1], [3, 1, 2], Padding.Causal, 1, 2, 6, 4);
    }

    private static IEnumerable<OpCase> DepthwiseConvolutions()
    {
        yield return Depthwise("valid", [2, 4, 4, 3], [2, 3, 3, 1], new() { Out = (3, 2) });
        yield return Depthwise(
            "multiplier, same", [1, 4, 4, 2], [3, 3, 2, 3], new() { Padding = Padding.Same, Out = (4, 4), Pad = (1, 1) });
        yield return Depthwise("strides, one channel", [1, 4, 4, 1], [2, 2, 1, 2], new() { Strides = (2, 2), Out = (2, 2) });
    }

    private static IEnumerable<OpCase> TransposedConvolutions()
    {
        yield return Transposed("valid", [2, 3, 2, 2], [3, 2, 3, 2], new() { Out = (5, 3) }, null);
        yield return Transposed("valid, strides", [1, 2, 3, 2], [3, 3, 2, 2], new() { Strides = (2, 2), Out = (5, 7) }, null);
        yield return Transposed("valid, stride above kernel", [1, 2, 2, 1], [1, 2, 2, 1], new() { Strides = (3, 3), Out = (6, 6) }, null);
        yield return Transposed(
            "same, strides", [1, 3, 2, 2], [3, 3, 2, 2], new() { Padding = Padding.Same, Strides = (2, 2), Out = (6, 4) }, null);
        yield return Transposed(
            "same, output padding 0", [1, 3, 3, 1], [3, 3, 1, 1],
            new() { Padding = Padding.Same, Strides = (2, 2), Out = (5, 5), Pad = (1, 1) }, (0, 0));
        yield return Transposed(
            "same, output padding 1", [1, 3, 3, 1], [3, 3, 1, 1], new() { Padding = Padding.Same, Strides = (2, 2), Out = (6, 6) }, (1, 1));
    }

    private static OpCase Conv2D(string variant, Shape input, Shape filter, Arguments arguments)
    {
        Shape[] bias = arguments.Bias ? [[filter[3]]] : [];
        return Case(
            "Conv2D",
            variant,
            x => x[0].Conv2D(
                x[1], arguments.Strides, arguments.Padding, arguments.Dilation, arguments.Groups, arguments.Bias ? x[2] : null,
                arguments.Relu),
            x => Correlate(
                x, arguments.Sizes(x[0].Shape, filter, filter[3], arguments.Groups),
                [x[0].Shape[0], arguments.Out.Item1, arguments.Out.Item2, filter[3]], arguments.Relu),
            [input, filter, .. bias])
            with
        {
            BadShapes = arguments.Bias
                ? [[input, filter, [filter[3] + 1]]]
                :
                [
                    [[3, 3], filter],
                    [input.WithLast(5), filter],
                    .. arguments.Padding == Padding.Valid ? new Shape[][] { [[1, 1, 9, input[3]], filter] } : [],
                ],
        };
    }

    private static OpCase Conv1D(
        string variant, Shape input, Shape filter, Padding padding, int stride, int dilation, int outputSteps, int padBefore) => Case(
        "Conv1D",
        variant,
        x => x[0].Conv1D(x[1], stride, padding, dilation),
        x =>
        {
            var arguments = new Arguments { Strides = (1, stride), Dilation = (1, dilation), Out = (1, outputSteps), Pad = (0, padBefore) };
            var sizes = arguments.Sizes(x[0].Shape.Insert(1, 1), filter.Insert(0, 1), filter[2], groups: 1);
            return Correlate(x, sizes, [x[0].Shape[0], outputSteps, filter[2]], relu: false);
        },
        [input, filter]) with
        {
            BadShapes = [[[2, 2, 2, 2], filter], [[1, 9, 7], filter]],
        };

    private static OpCase Depthwise(string variant, Shape input, Shape filter, Arguments arguments) => Case(
        "DepthwiseConv2D",
        variant,
        x => x[0].DepthwiseConv2D(x[1], arguments.Strides, arguments.Padding, arguments.Dilation),
        x => Correlate(
            x,
            arguments.Sizes(x[0].Shape, filter, filter[2] * filter[3], input[3]),
            [x[0].Shape[0], arguments.Out.Item1, arguments.Out.Item2, filter[2] * filter[3]],
            relu: false),
        [input, filter]) with
    {
        BadShapes = [[[3, 3], filter], [input.WithLast(5), filter]],
    };

    /// <summary>
    /// The definition: every input pixel adds its value times the kernel to the window that starts at pixel · stride − pad.
    /// </summary>
    private static OpCase Transposed(string variant, Shape input, Shape filter, Arguments arguments, (int, int)? outputPadding) => Case(
        "Conv2DTranspose",
        variant,
        x => x[0].Conv2DTranspose(x[1], arguments.Strides, arguments.Padding, outputPadding),
        x =>
        {
            Shape output = [x[0].Shape[0], arguments.Out.Item1, arguments.Out.Item2, filter[2]];
            var sizes = arguments.Sizes(output, filter, filter[3], 1) with { OutputHeight = input[1], OutputWidth = input[2] };
            var result = new double[output.Size];
            ConvolutionCases.ForEachProduct(sizes, (large, weight, small) => result[large] += x[0].Values[small] * x[1].Values[weight]);
            return new(result, output);
        },
        [input, filter]) with
    {
        BadShapes = [[[3, 3], filter], [input.WithLast(5), filter]],
    };

    /// <summary>Besides the given shapes, an empty batch.</summary>
    private static OpCase Case(
        string method, string variant, Func<Tensor[], Tensor> run, Func<NdArray[], NdArray> reference, Shape[] shapes) =>
        new(
            method, run, reference, shapes,
            [shapes[0].With(0, 0), .. shapes[1..]])
        { Variant = variant, Low = -1, High = 1, Roundings = 18 };

    private static NdArray Correlate(NdArray[] x, ConvolutionSizes sizes, Shape output, bool relu)
    {
        var result = new double[output.Size];
        ConvolutionCases.ForEachProduct(sizes, (input, weight, target) => result[target] += x[0].Values[input] * x[1].Values[weight]);
        for (var i = 0; i < result.Length; i++)
        {
            var sum = result[i] + (x.Length > 2 ? x[2].Values[i % sizes.OutputChannels] : 0);
            result[i] = relu ? Math.Max(sum, 0) : sum;
        }
        return new(result, output);
    }

    private sealed record Arguments
    {
        public Padding Padding { get; init; }

        public (int Height, int Width) Strides { get; init; } = (1, 1);

        public (int Height, int Width) Dilation { get; init; } = (1, 1);

        public int Groups { get; init; } = 1;

        public bool Bias { get; init; }

        public bool Relu { get; init; }

        /// <summary>The expected output height and width.</summary>
        public required (int, int) Out { get; init; }

        /// <summary>The expected padding above and to the left.</summary>
        public (int, int) Pad { get; init; }

        public ConvolutionSizes Sizes(Shape input, Shape filter, int filters, int groups) => new()
        {
            Batch = input[0],
            InputHeight = input[1],
            InputWidth = input[2],
            InputChannels = input[3],
            KernelHeight = filter[0],
            KernelWidth = filter[1],
            OutputHeight = Out.Item1,
            OutputWidth = Out.Item2,
            OutputChannels = filters,
            StrideHeight = Strides.Height,
            StrideWidth = Strides.Width,
            DilationHeight = Dilation.Height,
            DilationWidth = Dilation.Width,
            PadTop = Pad.Item1,
            PadLeft = Pad.Item2,
            Groups = groups,
        };
    }
}
