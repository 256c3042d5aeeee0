namespace GpuKeras.Kernels.Convolution;

/// <summary>One spatial axis of a convolution: which inputs an output sees through which taps, the filter's positions along the axis.</summary>
/// <remarks>
/// Output i sees input <c>i · Stride + t · Dilation − Pad</c> through tap t. It lies at <c>OutputFirst + i · OutputStep</c> of the
/// output image, and tap t at <c>FilterFirst + t · FilterStep</c> of the filter: the gradient of a strided convolution is several
/// convolutions, each with some of the taps, in reverse, for some of the pixels.
/// </remarks>
internal readonly record struct TapAxis
{
    /// <summary>How many outputs there are.</summary>
    public required int Outputs { get; init; }

    /// <summary>How many inputs there are.</summary>
    public required int Inputs { get; init; }

    /// <summary>How many taps there are.</summary>
    public required int Taps { get; init; }

    /// <summary>Inputs from one output to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Inputs from one tap to the next; positive.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Zeros before the first input; negative if the first output does not see the first input.</summary>
    public int Pad { get; init; }

    /// <summary>Where the first output lies.</summary>
    public int OutputFirst { get; init; }

    /// <summary>From one output to the next.</summary>
    public int OutputStep { get; init; } = 1;

    /// <summary>Where the first tap lies in the filter.</summary>
    public int FilterFirst { get; init; }

    /// <summary>From one tap to the next in the filter; negative if the filter is reversed.</summary>
    public int FilterStep { get; init; } = 1;

    /// <summary>Strides and steps of 1, no padding.</summary>
    public TapAxis()
    {
    }

    /// <summary>
    /// The axis along which the gradient of the inputs <c>phase, phase + stride, …</c> of a convolution is a convolution of the
    /// outputs' gradient.
    /// </summary>
    /// <param name="forward">An axis of the convolution.</param>
    /// <param name="phase">0 … stride − 1.</param>
    /// <remarks>
    /// Input i = phase + stride · j is seen by output o through tap t where <c>o · stride = i + pad − t · dilation</c>. Such t are
    /// <c>r, r + m, r + 2m, …</c> with m = stride / gcd(stride, dilation), and from one to the next o goes down by
    /// dilation / gcd(stride, dilation): in reverse order they are taps of a convolution with stride 1.
    /// </remarks>
    public static TapAxis Transposed(in TapAxis forward, int phase)
    {
        var (stride, dilation) = (forward.Stride, forward.Dilation);
        var first = 0;
        while (first < stride && (phase + forward.Pad - first * dilation) % stride != 0)
            first++;
        var divisor = GreatestCommonDivisor(stride, dilation);
        var (tapStep, outputStep) = (stride / divisor, dilation / divisor);
        // Without a tap that meets this phase, first = stride.
        var taps = first == stride ? 0 : Math.Max(0, (forward.Taps - first + tapStep - 1) / tapStep);
        return new()
        {
            Outputs = Math.Max(0, (forward.Inputs - phase + stride - 1) / stride),
            Inputs = forward.Outputs,
            Taps = taps,
            Dilation = outputStep,
            Pad = taps == 0 ? 0 : (taps - 1) * outputStep - (phase + forward.Pad - first * dilation) / stride,
            OutputFirst = phase,
            OutputStep = stride,
            FilterFirst = first + (taps - 1) * tapStep,
            FilterStep = -tapStep,
        };
    }

    /// <summary>The longest run of outputs from <paramref name="output"/> on that see inputs through the same taps.</summary>
    /// <param name="output">The first output.</param>
    /// <param name="end">Where the run ends at the latest.</param>
    public TapRun RunAt(int output, int end)
    {
        var firstInput = output * Stride - Pad;
        var firstTap = Math.Clamp(CeilingDivide(-firstInput, Dilation), 0, Taps);
        var endTap = Math.Clamp(CeilingDivide(Inputs - firstInput, Dilation), firstTap, Taps);
        var count = 1;
        // Where all taps see inputs, they do up to the output whose last tap sees the last input.
        if (firstTap == 0 && endTap == Taps)
        {
            var last = Taps == 0 ? end - 1 : (Inputs - 1 + Pad - (Taps - 1) * Dilation) / Stride;
            count = Math.Max(1, Math.Min(end, last + 1) - output);
        }
        return new(output, count, firstTap, endTap - firstTap);
    }

    /// <summary>The input, inside or outside the image, that an output sees through a tap.</summary>
    public int Input(int output, int tap) => output * Stride + tap * Dilation - Pad;

    private static int CeilingDivide(int value, int divisor) =>
        value <= 0 ? -(-value / divisor) : (value + divisor - 1) / divisor;

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
